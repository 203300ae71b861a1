/**
 * Sites to try the test client on.
 */
import { defineSettings, type SettingsInput } from "../../../framework/conf/define-settings.ts";
import type { Settings } from "../../../framework/conf/settings.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { JsonResponse } from "../../../framework/http/responses.ts";
import type { URLEntry } from "../../../framework/urls/pattern.ts";

export function siteOf(
  urlpatterns: readonly URLEntry[],
  settings: Partial<SettingsInput> = {},
): Settings {
  return defineSettings<SettingsInput>({
    SECRET_KEY: "for tests",
    ROOT_URLCONF: () => Promise.resolve({ urlpatterns }),
    ...settings,
  });
}

/** What of a request arrived, as JSON. */
export async function echo(request: HttpRequest): Promise<JsonResponse> {
  const files = [...(await request.FILES).entries()];
  return new JsonResponse({
    method: request.method,
    path: request.getFullPath(),
    host: request.getHost(),
    secure: request.isSecure(),
    type: request.META.CONTENT_TYPE ?? null,
    length: request.META.CONTENT_LENGTH ?? null,
    cookies: { ...request.COOKIES },
    headers: Object.fromEntries(request.headers),
    post: Object.fromEntries((await request.POST).lists()),
    files: await Promise.all(
      files.map(async ([name, file]) => [name, file.name, file.contentType, await file.text()]),
    ),
    body: files.length === 0 && !isMultipart(request) ? await request.text() : null,
  });
}

function isMultipart(request: HttpRequest): boolean {
  return request.contentType === "multipart/form-data";
}

export interface Echo {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly secure: boolean;
  readonly type: string | null;
  readonly length: string | null;
  readonly cookies: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly post: Record<string, string[]>;
  readonly files: string[][];
  readonly body: string | null;
}

export const hello = (): HttpResponse => new HttpResponse("hello");
