/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import * as v from "valibot";
import { z } from "zod";
import type { StandardSchema } from "../../../framework/http/json-body.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import type { FileUploadHandler } from "../../../framework/http/uploads/upload-handlers.ts";
import { TemporaryUploadedFile } from "../../../framework/http/uploads/uploaded-file.ts";

declare const request: HttpRequest;
declare const schema: StandardSchema<{ page: string }, { page: number }>;
declare const handler: FileUploadHandler;

const checked = await request.json(schema);
checked.page satisfies number;
// @ts-expect-error -- what goes in is no string any more
checked.page satisfies string;
// @ts-expect-error -- the schema has no such key
void checked.size;

const byZod = await request.json(z.object({ page: z.coerce.number(), tags: z.array(z.string()) }));
byZod satisfies { page: number; tags: string[] };
// @ts-expect-error -- the schema has no such key
void byZod.size;

const byValibot = await request.json(v.object({ page: v.pipe(v.string(), v.transform(Number)) }));
byValibot satisfies { page: number };
// @ts-expect-error -- the schema has no such key
void byValibot.size;

const claimed = await request.json<{ size: string }>();
claimed.size satisfies string;

const anything = await request.json();
// @ts-expect-error -- nobody said what it is
void anything.page;

// @ts-expect-error -- no schema
await request.json({ page: "number" });

request.uploadHandlers = [handler, ...request.uploadHandlers];
// @ts-expect-error -- assign a new list, so that it can be refused when it is too late
request.uploadHandlers.push(handler);

const file = (await request.FILES).get("file");
// @ts-expect-error -- there may be none
void file.name;
// @ts-expect-error -- only some are on disk
file?.temporaryFilePath();
if (file instanceof TemporaryUploadedFile) file.temporaryFilePath() satisfies string;

// @ts-expect-error -- it is a promise
void request.POST.get("a");
(await request.POST).get("a") satisfies string | undefined;
request.signal satisfies AbortSignal;
for await (const chunk of request) chunk satisfies Uint8Array;
