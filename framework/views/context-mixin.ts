/**
 * What a view gives its template.
 *
 * Layer 6 (views). Source: Django views/generic/base.py (`ContextMixin`).
 */
import type { TemplateContext } from "../conf/template-engine.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";

/** What a class has that gives a context. */
export interface ContextMembers {
  /** What every page of the view gets besides. */
  extraContext: TemplateContext | null;
  /** May be overridden: `{ ...super.getContextData(values), tune }`. */
  getContextData(values?: TemplateContext): MaybePromise<TemplateContext>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the constructor of a mix-in's base takes anything, says TypeScript
type Class<Instance extends object> = new (...args: any[]) => Instance;

/** `class Page extends ContextMixin(View) { … }`. */
export function ContextMixin<Base extends Class<object>>(base: Base): Base & Class<ContextMembers> {
  class WithContext extends base implements ContextMembers {
    extraContext: TemplateContext | null = null;

    getContextData(values: TemplateContext = {}): TemplateContext {
      return contextOf(this, values);
    }
  }
  return WithContext;
}

/** The view itself as `view`, `values`, and the extra context, which counts more. */
export function contextOf(
  view: Pick<ContextMembers, "extraContext">,
  values: TemplateContext,
): TemplateContext {
  return { view, ...values, ...view.extraContext };
}
