/**
 * A view that is a template.
 *
 * Layer 6 (views). Source: Django views/generic/base.py (`TemplateView`, `TemplateResponseMixin`).
 * `TemplateView.asView({ templateName: "about.html" })` is all that a plain page needs.
 */
import type { TemplateContext } from "../conf/template-engine.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase, ResponseOptions } from "../http/response.ts";
import { TemplateResponse } from "../templates/response.ts";
import { type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { type ContextMembers, contextOf } from "./context-mixin.ts";
import { View } from "./view.ts";

/** May be overridden: `getTemplateName`, `getContextData`, `renderToResponse`. */
export class TemplateView<P extends object = Readonly<Record<string, unknown>>>
  extends View<P>
  implements ContextMembers
{
  templateName: string | null = null;
  /** @default that of every response, HTML */
  contentType: string | null = null;
  extraContext: TemplateContext | null = null;

  get(_request: HttpRequest, params: P): MaybePromise<HttpResponseBase> {
    return whenReady(this.getContextData(Object.fromEntries(Object.entries(params))), (context) =>
      this.renderToResponse(context),
    );
  }

  /** The route's parameters, the view as `view`, and `extraContext`. */
  getContextData(values: TemplateContext = {}): MaybePromise<TemplateContext> {
    return contextOf(this, values);
  }

  getTemplateName(): string {
    if (this.templateName !== null) return this.templateName;
    throw new ImproperlyConfigured(
      `${this.constructor.name} requires either a 'templateName' or an implementation of 'getTemplateName()'`,
    );
  }

  renderToResponse(
    context: TemplateContext,
    options: ResponseOptions = {},
  ): MaybePromise<HttpResponseBase> {
    const type = this.contentType === null ? {} : { contentType: this.contentType };
    return new TemplateResponse(this.request, this.getTemplateName(), context, {
      ...type,
      ...options,
    });
  }
}
