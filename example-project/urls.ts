/**
 * URLs of the example project: the first pattern that matches wins.
 */
import { include, path } from "minorswing/urls";
import { tunePatterns } from "./tunes/urls.ts";
import { home } from "./views.ts";

export const urlpatterns = [
  path("", home, { name: "home" }),
  path("tunes/", include(tunePatterns, { namespace: "tunes" })),
] as const;

/** With this, `reverse("tunes:detail", { pk: 1 })` is checked by the compiler, everywhere. */
declare module "minorswing/urls" {
  interface Register {
    urlpatterns: typeof urlpatterns;
  }
}
