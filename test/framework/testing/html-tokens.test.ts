import { describe, expect, test } from "vitest";
import { countHtml, countText, htmlTokens } from "../../../framework/testing/html-tokens.ts";

describe("htmlTokens", () => {
  test.each([
    ['<a  href="x"   class="b a">', "<a class='a b' href=x>"],
    ["<input checked>", '<INPUT checked="checked" />'],
    ["<input disabled>", '<input disabled="">'],
    ["<br>", "<br/>"],
    ["<p> a \n b </p>", "<p>a b</p>"],
    ["<p>a<!-- not seen --> b</p>", "<p>a b</p>"],
    ["<!DOCTYPE html><p>", "<p>"],
    ["&lt;b&gt; &amp; &quot;&#39;&#x27;", "&#60;b&#x3e; &#38; \"''"],
    ['<a title="&lt;">', "<a title='<'>"],
    ["<p>a</p>\n\n<p>b</p>", "<p>a</p><p>b</p>"],
  ])("of %j are those of %j", (one, other) => {
    expect(htmlTokens(one)).toEqual(htmlTokens(other));
  });

  test.each([
    ["<a href=x>", "<a href=y>"],
    ["<b>", "&lt;b&gt;"],
    ["<p>a b</p>", "<p>ab</p>"],
    ["<p>a</p>", "<p>A</p>"],
    ['<a class="a b">', '<a class="a">'],
  ])("of %j are not those of %j", (one, other) => {
    expect(htmlTokens(one)).not.toEqual(htmlTokens(other));
  });

  test("of unfinished HTML are there all the same", () => {
    expect(htmlTokens("<p>a < b <!-- open")).toEqual(["<p>", "a < b"]);
  });
});

describe("countHtml", () => {
  test("counts elements, whatever is around them", () => {
    const page = '<ul><li class="x">a</li> <li class="x">a</li><li>b</li></ul>';

    expect(countHtml("<li class=x>a</li>", page)).toBe(2);
    expect(countHtml("<li>a</li>", page)).toBe(0);
    expect(countHtml("<li>b</li></ul>", page)).toBe(1);
  });

  test("finds text in a text", () => {
    expect(countHtml("b &amp; c", "<p>a b & c</p><p>b &amp;\nc</p>")).toBe(2);
    expect(countHtml("", "<p>a</p>")).toBe(0);
  });
});

test("countText counts what does not overlap, and nothing of nothing", () => {
  expect(countText("aa", "aaaa a")).toBe(2);
  expect(countText("", "a")).toBe(0);
});
