/**
 * What must and must not compile once a project has registered its patterns.
 */
import { redirect, resolveUrl } from "minorswing/shortcuts";
import { reverse, type Routes } from "minorswing/urls";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function assertType<_ extends true>(): void {}

assertType<
  Equal<
    keyof Routes,
    | "home"
    | "search"
    | "archive"
    | "files"
    | "api.v1"
    | "api.v2"
    | "leak"
    | "inline"
    | "polls:detail"
    | "polls:month"
    | "polls:wrapped"
    | "polls:choices:choice"
  >
>();
assertType<
  Equal<
    Routes["polls:choices:choice"],
    { readonly site: string; readonly pk: number; readonly choice: number }
  >
>();
assertType<Equal<Routes["search"], { readonly words?: string }>>();

const when = { year: 2003, month: 4 };
const tooMuch = { site: "a", pk: 1, extra: true };
declare const anyText: string;
declare const someName: "home" | "api.v1";

// reverse: right.
reverse("home");
reverse("home", {});
reverse("home", undefined, { fragment: "top" });
reverse("search", { words: "a b" }, { query: { page: 2, tag: ["x", "y"] } });
reverse("archive");
reverse("archive", { year: 2003 });
reverse("archive", { year: 2003, topic: "jazz" });
reverse("polls:month", { site: "a", when });
reverse(someName);

// reverse: wrong.
// @ts-expect-error -- no such name
reverse("hone");
// @ts-expect-error -- a name that only its namespace knows
reverse("detail", { pk: 1 });
// @ts-expect-error -- any text may be no name
reverse(anyText);
// @ts-expect-error -- the parameters are missing
reverse("polls:detail");
// @ts-expect-error -- one parameter is missing, that of the include
reverse("polls:detail", { pk: 1 });
// @ts-expect-error -- int is a number
reverse("polls:detail", { site: "a", pk: "1" });
// @ts-expect-error -- a custom converter's value
reverse("polls:month", { site: "a", when: "2003-04" });
// @ts-expect-error -- the route has no such parameter
reverse("polls:detail", { site: "a", pk: 1, extra: true });
// @ts-expect-error -- and a variable hides it no better
reverse("polls:detail", tooMuch);
// @ts-expect-error -- a route without parameters has none
reverse("home", { pk: 1 });
// @ts-expect-error -- of the archive's routes, none has a topic without a year
reverse("archive", { topic: "jazz" });
// @ts-expect-error -- none has a month
reverse("archive", { year: 2003, month: 4 });
// @ts-expect-error -- an optional parameter has a type too
reverse("search", { words: 3 });
// @ts-expect-error -- and is left out, not undefined
reverse("search", { words: undefined });
// @ts-expect-error -- no such option
reverse("home", {}, { anchor: "top" });

// redirect: right.
redirect("home");
redirect("archive", { year: 2003 }, { permanent: true, query: { page: 2 } });
redirect("polls:detail", { site: "a", pk: 3 });
redirect("api.v1");
redirect("api.v2", { pk: 1 });
redirect("/a/path/");
redirect("/a/path/", { permanent: true });
redirect("https://example.com");
redirect("../x");
redirect("page.html");
redirect(anyText, { preserveRequest: true });
redirect(`/tunes/${tooMuch.pk}/`);
redirect(`${anyText}x`);
redirect(reverse("home"));
redirect({ getAbsoluteUrl: () => "/" });

// redirect: wrong.
// @ts-expect-error -- neither a name nor a URL
redirect("hone");
// @ts-expect-error -- the parameters are missing
redirect("polls:detail");
// @ts-expect-error -- a name with a dot is still a name
redirect("api.v2");
// @ts-expect-error -- int is a number
redirect("polls:detail", { site: "a", pk: "3" });
// @ts-expect-error -- the route has no such parameter
redirect("polls:detail", tooMuch);
// @ts-expect-error -- options come after the parameters
redirect("home", { permanent: true });
// @ts-expect-error -- a URL has no parameters
redirect("/a/path/", { pk: 3 });
// @ts-expect-error -- a number is no URL
redirect(3);

// resolveUrl takes what redirect takes.
resolveUrl("polls:detail", { site: "a", pk: 3 }, { fragment: "x" });
resolveUrl("/a/path/");
// @ts-expect-error -- neither a name nor a URL
resolveUrl("hone");
