/**
 * Views below /tunes/.
 */
import { Http404, type HttpRequest, type HttpResponse, JsonResponse } from "minorswing/http";
import * as messages from "minorswing/messages";
import { redirect, render } from "minorswing/shortcuts";
import { allTunes, createTune, findTune, type Tune } from "./tunes.ts";

/** All tunes, or with `?q=` those whose title contains it. */
export function tuneList(request: HttpRequest): HttpResponse {
  const wanted = request.GET.get("q", "");
  const tunes = allTunes().filter((tune) =>
    tune.title.toLowerCase().includes(wanted.toLowerCase()),
  );
  return render(request, "tunes/list.html", { tunes, wanted });
}

export function tuneDetail(request: HttpRequest, { pk }: { pk: number }): HttpResponse {
  return render(request, "tunes/detail.html", { tune: getTuneOr404(pk) });
}

export function tuneAsJson(_request: HttpRequest, { pk }: { pk: number }): HttpResponse {
  return new JsonResponse(getTuneOr404(pk));
}

/** The form's target: adds a tune and shows it. */
export async function addTune(request: HttpRequest): Promise<HttpResponse> {
  const form = await request.POST;
  const title = form.get("title", "").trim();
  const year = Number(form.get("year"));
  if (title === "" || !Number.isInteger(year) || year <= 0) {
    return render(
      request,
      "tunes/list.html",
      { tunes: allTunes(), wanted: "", error: "A tune needs a title and a year." },
      { status: 400 },
    );
  }
  const tune = createTune({ title, year, seconds: 180 });
  messages.success(request, `${title} is in the list now.`);
  return redirect("tunes:detail", { pk: tune.pk });
}

function getTuneOr404(pk: number): Tune {
  const tune = findTune(pk);
  if (tune === undefined) throw new Http404(`There is no tune ${pk}.`);
  return tune;
}
