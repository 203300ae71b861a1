/** What the compiler says about class-based views and decorated views; vitest never runs this file. */
import { HttpResponse } from "../../../framework/http/response.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { path } from "../../../framework/urls/path.ts";
import { ContextMixin } from "../../../framework/views/context-mixin.ts";
import { cacheControl } from "../../../framework/views/decorators/caching.ts";
import { condition, etag } from "../../../framework/views/decorators/conditional.ts";
import { requireGET, requireMethods } from "../../../framework/views/decorators/methods.ts";
import { RedirectView } from "../../../framework/views/redirect-view.ts";
import { TemplateView } from "../../../framework/views/template-view.ts";
import { View } from "../../../framework/views/view.ts";

const detail = (_request: HttpRequest, { pk }: { pk: number }): HttpResponse =>
  new HttpResponse(pk.toFixed());

// A decorated view keeps its parameters' type, through any number of decorators.
const decorated = requireGET(cacheControl({ maxAge: 60 }, detail));
path("<int:pk>/", decorated);
// @ts-expect-error -- the route gives a string
path("<str:pk>/", decorated);
// @ts-expect-error -- the route gives no pk
path("", decorated);

// The functions of conditions get what the view gets.
condition({ etag: (_request, { pk }) => pk.toFixed() }, detail);
// @ts-expect-error -- there is no such parameter
condition({ etag: (_request, { id }) => String(id) }, detail);
etag(async () => undefined, detail);
// @ts-expect-error -- a tag is text
etag(() => 3, detail);
// @ts-expect-error -- a typing mistake
cacheControl({ maxage: 60 }, detail);
// @ts-expect-error -- methods come as a list
requireMethods("GET", detail);

// What a view without parameters is decorated to fits every route.
path(
  "<int:pk>/",
  requireGET(() => new HttpResponse()),
);

class Detail extends View {
  title = "Tune";

  get(_request: HttpRequest, { pk }: { pk: number }): HttpResponse {
    return new HttpResponse(`${this.title} ${pk.toFixed()}`);
  }

  async post(_request: HttpRequest, _params: { pk: number; slug: string }): Promise<HttpResponse> {
    return new HttpResponse();
  }
}

// All handlers of a class get the same parameters, so the route must have those of all.
path("<int:pk>/<slug:slug>/", Detail.asView());
// @ts-expect-error -- `post` wants a slug
path("<int:pk>/", Detail.asView());
// @ts-expect-error -- `pk` is a number
path("<str:pk>/<slug:slug>/", Detail.asView());

Detail.asView({ title: "Song", httpMethodNames: ["get"] });
// @ts-expect-error -- a number is no title
Detail.asView({ title: 3 });
// @ts-expect-error -- there is no such field
Detail.asView({ name: "Song" });
// @ts-expect-error -- a handler is no option
Detail.asView({ get: () => new HttpResponse() });

// A class may say its parameters once, for `this.params`.
class Typed extends View<{ pk: number }> {
  get(): HttpResponse {
    return new HttpResponse(this.params.pk.toFixed());
  }
}
path("<int:pk>/", Typed.asView());
// @ts-expect-error -- `pk` is a number
path("<str:pk>/", Typed.asView());

path("about/", TemplateView.asView({ templateName: "about.html", extraContext: { year: 1937 } }));
path("<int:pk>/old/", TemplateView.asView());
// @ts-expect-error -- a template's name is text
TemplateView.asView({ templateName: 3 });
path("old/<int:pk>/", RedirectView.asView({ url: "/new/%(pk)s/", permanent: true }));

class Page extends ContextMixin(View) {
  async get(): Promise<HttpResponse> {
    return new HttpResponse(JSON.stringify(await this.getContextData({ a: this.request.path })));
  }
}
path("page/", Page.asView({ extraContext: { a: 1 } }));

// A view may use the patterns that it stands in: nobody asks for what its handlers return.
function echo<Value>(value: Value): HttpResponse {
  return new HttpResponse(String(value));
}
class Circular extends View {
  get(_request: HttpRequest, _params: { pk: number }) {
    return echo(urlpatterns);
  }
}
const circular = requireGET((_request: HttpRequest, _params: { pk: number }) => echo(urlpatterns));
const urlpatterns = [path("<int:pk>/a/", Circular.asView()), path("<int:pk>/b/", circular)];
