import { describe, expect, test } from "vitest";
import { validator } from "../../../devserver/wsgiserver/validator.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { ANSWER_BEHAVIOURS } from "../../support/contract-answers.ts";
import { BODY_BEHAVIOURS } from "../../support/contract-bodies.ts";
import { DEPARTURE_BEHAVIOURS } from "../../support/contract-departures.ts";
import { ERROR_BEHAVIOURS } from "../../support/contract-errors.ts";
import { REQUEST_BEHAVIOURS } from "../../support/contract-requests.ts";
import { VIEW_BEHAVIOURS } from "../../support/contract-views.ts";
import {
  type Behaviour,
  checkBehaviour,
  checkDeparture,
  type Exceptions,
  Seen,
} from "../../support/message-contract.ts";
import { type TransportName, TRANSPORTS } from "../../support/message-transports.ts";

const BEHAVIOURS: readonly Behaviour[] = [
  ...REQUEST_BEHAVIOURS,
  ...BODY_BEHAVIOURS,
  ...ANSWER_BEHAVIOURS,
  ...ERROR_BEHAVIOURS,
  ...VIEW_BEHAVIOURS,
];

interface Way {
  readonly transport: TransportName;
  readonly isValidated: boolean;
}

const WAYS = (["WSGIServer", "node:http", "fetch"] as const).flatMap(
  (transport): [name: string, way: Way][] => [
    [transport, { transport, isValidated: false }],
    [`${transport}, with validator in between`, { transport, isValidated: true }],
  ],
);

function applies(way: Way, { except = {} }: { readonly except?: Exceptions }): boolean {
  return except[way.transport] === undefined && !(way.isValidated && except.validated);
}

function between(way: Way, application: WSGIApplication): WSGIApplication {
  return way.isValidated ? validator(application) : application;
}

describe.each(WAYS)("over %s", (_name, way) => {
  const serve = TRANSPORTS[way.transport];

  test.each(BEHAVIOURS.filter((behaviour) => applies(way, behaviour)))(
    "$name",
    async (behaviour) => {
      const seen = new Seen();
      await using served = await serve(between(way, await behaviour.application(seen)));

      await checkBehaviour(served, behaviour, seen);
      expect(seen.closed).toBeLessThan(2);
    },
  );

  test.each(DEPARTURE_BEHAVIOURS)("when the client leaves: $name", async (behaviour) => {
    const seen = new Seen();
    await using served = await serve(between(way, await behaviour.application(seen)));

    await checkDeparture(served, behaviour, seen);
    expect(seen.closed).toBe(behaviour.closed);
  });
});

test("every exception says why, and every behaviour has a name of its own", () => {
  const reasons = BEHAVIOURS.flatMap(({ except = {} }) => Object.values(except));
  const names = BEHAVIOURS.map(({ name }) => name);

  expect(reasons.filter((reason) => reason.length < 20)).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
