/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import { QueryDict } from "../../../framework/http/query-dict.ts";
import { HttpRequest } from "../../../framework/http/request.ts";
import type { WSGIRequest } from "../../../framework/http/wsgi-request.ts";
import { MultiValueDict } from "../../../framework/utils/multi-value-dict.ts";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function type<T>(_value: T): { readonly is: <U>(equal: Equal<T, U>) => void } {
  return { is: () => undefined };
}

const request = new HttpRequest();

type(request.GET.get("a")).is<string | undefined>(true);
type(request.GET.get("a", "")).is<string>(true);
type(request.GET.get("a", null)).is<string | null>(true);
type(request.GET.getList("a")).is<string[]>(true);
type(request.GET.pop("a")).is<string[] | undefined>(true);
type(request.GET.copy()).is<QueryDict>(true);
type(request.GET.dict()).is<Record<string, string>>(true);
for (const [key, value] of request.GET) {
  type(key).is<string>(true);
  type(value).is<string>(true);
}
for (const [, values] of request.GET.lists()) type(values).is<string[]>(true);
type(request.COOKIES.a).is<string | undefined>(true);
type(request.contentParams.get("charset")).is<string | undefined>(true);
type(request.scheme).is<"http" | "https">(true);
type(request.getPreferredType(["text/html", "application/json"])).is<
  "text/html" | "application/json" | undefined
>(true);
type<WSGIRequest extends HttpRequest ? true : false>(true).is<true>(true);

// @ts-expect-error -- the type of a body is what its sender says
request.contentType = "text/html";
// @ts-expect-error -- a parameter may be missing
request.GET.get("a").trim();
// @ts-expect-error -- values of a query are strings
new QueryDict("", { mutable: true }).set("a", 1);
// @ts-expect-error -- URL patterns come in a URLconf
request.urlconf = [];

const numbers = new MultiValueDict([["a", 1]]);
type(numbers.get("a")).is<number | undefined>(true);
type(numbers.setDefault("a", 2)).is<number>(true);
type(numbers.popItem()).is<[key: string, values: number[]] | undefined>(true);
numbers
  .update({ b: 2 })
  .update([["c", 3]])
  .update(numbers);
// @ts-expect-error -- values are numbers
numbers.update({ b: "2" });

const required = { SECRET_KEY: "x", ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }) };
defineSettings({ ...required, SECURE_PROXY_SSL_HEADER: ["X-Forwarded-Proto", "https"] });
// @ts-expect-error -- a header and its value
defineSettings({ ...required, SECURE_PROXY_SSL_HEADER: ["X-Forwarded-Proto"] });
