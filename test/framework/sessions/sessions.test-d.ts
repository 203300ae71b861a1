/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import { HttpRequest } from "../../../framework/http/request.ts";
import type { MaybePromise } from "../../../framework/utils/maybe-promise.ts";
import { sqliteSessions, type SessionStore } from "minorswing/sessions";

declare module "minorswing/sessions" {
  interface SessionData {
    typedBasket: number[];
    typedName: string;
  }
}

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function type<T>(_value: T): { readonly is: <U>(equal: Equal<T, U>) => void } {
  return { is: () => undefined };
}

const { session } = new HttpRequest();

type(session.get("typedBasket")).is<number[] | undefined>(true);
type(session.get("typedName", "")).is<string>(true);
type(session.get("typedName", null)).is<string | null>(true);
type(session.get("other")).is<unknown>(true);
type(session.pop("typedName")).is<string | undefined>(true);
type(session.setDefault("typedBasket", [])).is<number[]>(true);
type(session.sessionKey).is<string | undefined>(true);
type(session.save()).is<MaybePromise<void>>(true);
session.set("typedBasket", [1]).set("other", { any: "thing" });
session.update({ typedName: "x", other: 1 });
session.change("typedBasket", (basket = []) => [...basket, 1]);
session.change("typedName", () => undefined);

// @ts-expect-error -- a basket holds numbers
session.set("typedBasket", ["1"]);
// @ts-expect-error -- a name is text
session.update({ typedName: 1 });
// @ts-expect-error -- a basket holds numbers
session.change("typedBasket", () => "1");
// @ts-expect-error -- nobody chooses keys
session.sessionKey = "x";
// @ts-expect-error -- seconds, a date or null
session.setExpiry("tomorrow");

const required = { SECRET_KEY: "x", ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }) };
const remote: SessionStore = {
  isAsync: true,
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(true),
  delete: () => Promise.resolve(true),
};
defineSettings({ ...required, SESSION_ENGINE: sqliteSessions, SESSION_COOKIE_SAMESITE: "strict" });
defineSettings({ ...required, SESSION_ENGINE: () => remote });
// @ts-expect-error -- a function that makes a store
defineSettings({ ...required, SESSION_ENGINE: remote });
// @ts-expect-error -- a reference, not a dotted path
defineSettings({ ...required, SESSION_ENGINE: "minorswing/sessions" });
