/** Goldens: Django's tests/urlpatterns_reverse, its expressions in JavaScript's notation, positional arguments by number. */
import { describe, expect, test } from "vitest";
import { include, rePath } from "../../../framework/urls/path.ts";
import { URLResolver } from "../../../framework/urls/resolver.ts";
import { NoReverseMatch } from "../../../framework/urls/reverse-index.ts";
import { reversibleParts } from "../../../framework/urls/regex-reverse.ts";

const view = (): null => null;

const resolver = new URLResolver([
  rePath(/^places\/([0-9]+)\/$/, view, { name: "places" }),
  rePath(/^places\?\/$/, view, { name: "places?" }),
  rePath(/^places\+\/$/, view, { name: "places+" }),
  rePath(/^places\*\/$/, view, { name: "places*" }),
  rePath(/^(?:places\/)?$/, view, { name: "places2?" }),
  rePath(/^(?:places\/)+$/, view, { name: "places2+" }),
  rePath(/^(?:places\/)*$/, view, { name: "places2*" }),
  rePath(/^places\/([0-9]+|[a-z_]+)\//, view, { name: "places3" }),
  rePath(/^places\/(?<id>[0-9]+)\/$/, view, { name: "places4" }),
  rePath(/^people\/(?<name>\w+)\/$/, view, { name: "people" }),
  rePath(/^people\/(?:name\/)?$/, view, { name: "people2" }),
  rePath(/^people\/(?:name\/(\w+)\/)?$/, view, { name: "people2a" }),
  rePath(/^people\/(?<name>\w+)-\k<name>\/$/, view, { name: "people_backref" }),
  rePath(/^optional\/(?<name>.*)\/(?:.+\/)?/, view, { name: "optional" }),
  rePath(/^optional\/(?<arg1>\d+)\/(?:(?<arg2>\d+)\/)?/, view, { name: "named_optional" }),
  rePath(/^nested\/noncapture\/(?:(?<p>\w+))$/, view, { name: "nested-noncapture" }),
  rePath(/^nested\/capture\/((\w+)\/)?$/, view, { name: "nested-capture" }),
  rePath(/^nested\/capture\/mixed\/((?<p>\w+))$/, view, { name: "nested-mixedcapture" }),
  rePath(/^nested\/capture\/named\/(?<outer>(?<inner>\w+)\/)?$/, view, { name: "nested-named" }),
  rePath(/^hardcoded\/doc\.pdf$/, view, { name: "hardcoded2" }),
  rePath(/^people\/(?<state>\w\w)\/(?<name>\w+)\/$/, view, { name: "people3" }),
  rePath(/^people\/((?<state>\w\w)\/test)?\/(\w+)\/$/, view, { name: "people6" }),
  rePath(/^character_set\/[abcdef0-9]\/$/, view, { name: "range" }),
  rePath(/^character_set\/[\w]\/$/, view, { name: "range2" }),
  rePath(/^character_set\/[^a-z]\/$/, view, { name: "range3" }),
  rePath(/^price\/\$([0-9]+)\/$/, view, { name: "price" }),
  rePath(/^price\/[$]([0-9]+)\/$/, view, { name: "price2" }),
  rePath(String.raw`^price/[\$]([0-9]+)/$`, view, { name: "price3" }),
  rePath(/^product\/(?<product>\w+)\+\(\$(?<price>[0-9]+(\.[0-9]+)?)\)\/$/, view, {
    name: "product",
  }),
  rePath(/^headlines\/(?<year>[0-9]+)\.(?<month>[0-9]+)\.(?<day>[0-9]+)\/$/, view, {
    name: "headlines",
  }),
  rePath(/^windows_path\/(?<drive>[A-Z]):\\(?<path>.+)\/$/, view, { name: "windows" }),
  rePath(/^special_chars\/(?<chars>.+)\/$/, view, { name: "special" }),
  rePath(/^(?<name>.+)\/[0-9]+\/$/, view, { name: "mixed" }),
  rePath(/^repeats\/a{1,2}\/$/, view, { name: "repeats" }),
  rePath(/^repeats\/a{2,4}\/$/, view, { name: "repeats2" }),
  rePath(/^repeats\/a{2}\/$/, view, { name: "repeats3" }),
  rePath(/^test\/1\/?$/, view, { name: "test" }),
  rePath(/^outer\/([0-9]+)\//, include([rePath(/^extra\/(\w+)\/$/, view, { name: "inner" })])),
  rePath(/^(?:foo|bar)(\w+)\/$/, view, { name: "disjunction" }),
  rePath(/^(?<prefix>[a-z])\/(?=x)x$/, view, { name: "lookahead" }),
  rePath(/^(?<a>x)(?:y)??(?i:z)\/(\1)$/, view, { name: "odd" }),
  rePath("^defaults1/(?<arg1>[0-9]+)/$", view, { name: "defaults", kwargs: { arg2: 1 } }),
  rePath("^defaults2/(?<arg1>[0-9]+)/$", view, { name: "defaults", kwargs: { arg2: 2 } }),
  rePath(/^(.+)\/security\/$/, view, { name: "security" }),
]);

describe("reversing a regular expression", () => {
  test.each<[name: string, params: Record<string, unknown>, expected: string]>([
    ["places", { 0: 3 }, "/places/3/"],
    ["places", ["3"] as never, "/places/3/"],
    ["places?", {}, "/places%3F/"],
    ["places+", {}, "/places+/"],
    ["places*", {}, "/places*/"],
    ["places2?", {}, "/"],
    ["places2+", {}, "/places/"],
    ["places2*", {}, "/"],
    ["places3", { 0: 4 }, "/places/4/"],
    ["places3", { 0: "harlem" }, "/places/harlem/"],
    ["places4", { id: 3 }, "/places/3/"],
    ["people", { name: "adrian" }, "/people/adrian/"],
    ["people2", {}, "/people/"],
    ["people2a", {}, "/people/"],
    ["people2a", { 0: "fred" }, "/people/name/fred/"],
    ["people_backref", { name: "x" }, "/people/x-x/"],
    ["optional", { name: "fred" }, "/optional/fred/"],
    ["named_optional", { arg1: 1 }, "/optional/1/"],
    ["named_optional", { arg1: 1, arg2: 2 }, "/optional/1/2/"],
    ["nested-noncapture", { p: "opt" }, "/nested/noncapture/opt"],
    ["nested-capture", { 0: "opt/" }, "/nested/capture/opt/"],
    ["nested-mixedcapture", { 0: "opt" }, "/nested/capture/mixed/opt"],
    ["nested-named", { outer: "opt/" }, "/nested/capture/named/opt/"],
    ["hardcoded2", {}, "/hardcoded/doc.pdf"],
    ["people3", { state: "il", name: "adrian" }, "/people/il/adrian/"],
    ["people6", { 0: "il/test", 1: "adrian" }, "/people/il/test/adrian/"],
    ["people6", { 1: "adrian" }, "/people//adrian/"],
    ["range", {}, "/character_set/a/"],
    ["range2", {}, "/character_set/x/"],
    ["range3", {}, "/character_set/0/"],
    ["price", { 0: "10" }, "/price/$10/"],
    ["price2", { 0: "10" }, "/price/$10/"],
    ["price3", { 0: "10" }, "/price/$10/"],
    ["product", { price: "2.00", product: "chocolate" }, "/product/chocolate+($2.00)/"],
    ["headlines", { year: 2007, month: 5, day: 21 }, "/headlines/2007.5.21/"],
    [
      "windows",
      { drive: "C", path: String.raw`Documents and Settings\spam` },
      "/windows_path/C:%5CDocuments%20and%20Settings%5Cspam/",
    ],
    ["special", { chars: String.raw`~@+\$*|` }, "/special_chars/~@+%5C$*%7C/"],
    ["special", { chars: "some resource" }, "/special_chars/some%20resource/"],
    ["special", { chars: "10% complete" }, "/special_chars/10%25%20complete/"],
    ["mixed", { name: "john" }, "/john/0/"],
    ["repeats", {}, "/repeats/a/"],
    ["repeats2", {}, "/repeats/aa/"],
    ["repeats3", {}, "/repeats/aa/"],
    ["test", {}, "/test/1"],
    ["inner", { 0: "42", 1: "inner" }, "/outer/42/extra/inner/"],
    ["lookahead", { prefix: "p" }, "/p/x"],
    ["defaults", { arg1: 3, arg2: 1 }, "/defaults1/3/"],
    ["defaults", { arg1: 3, arg2: 2 }, "/defaults2/3/"],
    ["defaults", { arg1: 3 }, "/defaults2/3/"],
    ["security", { 0: "/example.com" }, "/%2Fexample.com/security/"],
  ])("%s with %o gives %s", (name, params, expected) => {
    expect(resolver.reverse(name, params)).toBe(expected);
  });

  test.each<[name: string, params: Record<string, unknown>]>([
    ["places", {}],
    ["places", { 0: "a" }],
    ["places3", { 0: "harlem64" }],
    ["people", {}],
    ["people", { name: "name with space" }],
    ["people3", { state: "ill", name: "adrian" }],
    ["people3", { state: "il" }],
    ["nested-capture", { p: "opt" }],
    ["nested-mixedcapture", { p: "opt" }],
    ["nested-named", { outer: "opt/", inner: "opt" }],
    ["nested-named", { inner: "opt" }],
    ["special", { chars: "" }],
    ["disjunction", { 0: "foo" }],
    ["defaults", { arg1: 3, arg2: 3 }],
    ["defaults", { arg2: 1 }],
  ])("%s with %o gives nothing", (name, params) => {
    expect(() => resolver.reverse(name, params)).toThrow(NoReverseMatch);
  });

  test.each([
    [String.raw`^\x41\u0042\n$`, [{ kind: "text", text: "A" }]],
    [String.raw`^\D\S\W\s\B\b\p{L}`, [{ kind: "text", text: "x" }]],
  ])("escapes in %s are read as JavaScript's", (source, [first]) => {
    expect(reversibleParts(source)?.[0]).toEqual(first);
  });

  test.each([String.raw`^(a|b)|c$`, "^a|b$", String.raw`^(x(y))\2$`])(
    "%s cannot be reversed",
    (source) => {
      expect(reversibleParts(source)).toBeUndefined();
    },
  );
});
