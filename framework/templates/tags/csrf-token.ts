/**
 * `{% csrf_token %}`: the hidden field that a form sends back.
 *
 * Layer 5 (templates). Source: Django template/defaulttags.py (`CsrfTokenNode`).
 */
import { requestLogger } from "../../conf/loggers.ts";
import type { TagContext, TemplateTag } from "../../conf/template-engine.ts";
import type { HttpRequest } from "../../http/request.ts";
import { formatHtml } from "../../utils/safe-string.ts";
import { isTrue } from "../truth.ts";
import { simpleTag } from "../tag-kinds.ts";

const WARNING =
  "A {% csrf_token %} was used in a template, but the context did not provide the value. " +
  "This is usually caused by rendering without the request, or by a MIDDLEWARE without the CSRF middleware.";

/** With `isDebug` a form that gets no token is reported. */
export function csrfTokenTag(isDebug: boolean): TemplateTag {
  return simpleTag((context: TagContext) => {
    const token = context.get("csrf_token");
    if (isTrue(token))
      return formatHtml`<input type="hidden" name="csrfmiddlewaretoken" value="${token}">`;
    if (isDebug) warn(context.request);
    return "";
  });
}

/** To the log of the site; without a request to the process. */
function warn(request: HttpRequest | undefined): void {
  if (request === undefined) process.emitWarning(WARNING);
  else requestLogger(request, "minorswing.template").warn(WARNING);
}
