/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { include, type Included, path, rePath } from "../../../framework/urls/path.ts";
import type { URLPattern } from "../../../framework/urls/pattern.ts";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function assertType<_ extends true>(): void {}

const themed = (_request: HttpRequest, params: { pk: number; theme: string }): HttpResponse =>
  new HttpResponse(`${params.pk} ${params.theme}`);
const archive = (_request: HttpRequest, { year }: { year: string }): HttpResponse =>
  new HttpResponse(year);

path("<int:pk>/", themed, { kwargs: { theme: "dark" } });
// @ts-expect-error -- the view needs a theme
path("<int:pk>/", themed);
// @ts-expect-error -- a theme is a text
path("<int:pk>/", themed, { kwargs: { theme: 5 } });
path("<int:pk>/", themed, { kwargs: { theme: "dark" }, name: "x", methods: ["GET"] });
// @ts-expect-error -- no such option
path("<int:pk>/", themed, { kwargs: { theme: "dark" }, method: "GET" });

rePath(/^(?<year>[0-9]{4})\/$/, archive, { name: "archive" });
rePath("^(?<year>[0-9]{4})/$", archive, { name: "archive" });
// @ts-expect-error -- there is no group called year
rePath("^(?<month>[0-9]{2})/$", archive);
// @ts-expect-error -- a number is no regular expression
rePath(5, archive);

const entries: readonly [URLPattern<"<int:pk>/", "one">] = [
  path("<int:pk>/", themed, { name: "one", kwargs: { theme: "dark" } }),
];
const none = include(entries);
const module = include({ urlpatterns: entries, appName: "polls" });
const named = include({ urlpatterns: entries, appName: "polls" }, { namespace: "mine" });
const application = include(entries, { appName: "votes" });

assertType<Equal<typeof none, Included<never, typeof entries>>>();
assertType<Equal<typeof module, Included<"polls", typeof entries>>>();
assertType<Equal<typeof named, Included<"mine", typeof entries>>>();
assertType<Equal<typeof application, Included<"votes", typeof entries>>>();
// @ts-expect-error -- an include has no name
path("x/", include(entries), { name: "x" });
