/**
 * Signed texts as Django makes them: the vectors of Django's own tests, and more computed from the same formulas
 * with Python's `hmac`, `hashlib`, `json`, `zlib` and `base64`.
 *
 * Key `secret` and clock 123456789 (seconds) unless a vector says otherwise.
 */
import type { BytesOrText } from "../../../framework/signing/crypto.ts";

export interface TextVector {
  readonly value: string;
  readonly signed: string;
  readonly key?: BytesOrText;
  readonly salt?: string;
  readonly sep?: string;
  readonly algorithm?: string;
  /** Seconds since 1970. */
  readonly time?: number;
}

export const SIGNER_VECTORS: readonly TextVector[] = [
  { value: "hello", signed: "hello:FRBs_KKrjaVe9zJEdlQdiuJ2n9jBEsFOL1Capquoa18" },
  { value: "hello", signed: "hello:X9jRVCptZJtpkMmhaViOf95HsF0mjIncJ6CwvBFjBm4", salt: "extra" },
  { value: "", signed: ":QQFbrv5qkJ6XOPPW9FlRGnrTwz6cpXexLRKukuKQ-dk" },
  { value: "a:b:c", signed: "a:b:c:Y2iQ1rUL-ai1PfLhqSHc8JA-dg9Y11HF1_rymIn3t8c" },
  {
    value: "3098247:529:087:",
    signed: "3098247:529:087::IlXSdJ8Lh2YLXpvkIxVRGQqPCQCmVgu4jYNXrCHr5h8",
  },
  { value: "\u2019", signed: "\u2019:zhAzi3Pp_SCzxdvKNy9qj2eqH6xEl9XtJKNJQpBIJSY" },
  {
    value: "\ud83d\udc0d caf\u00e9\u0000\r\n",
    signed: "\ud83d\udc0d caf\u00e9\u0000\r\n:8DQugAWgx7wzka7TjiBRKZWH3LM-za9AJdUKvB8QoFk",
  },
  {
    value: "foo",
    signed: "foo/jZQoX_FtSO70jX9HLRGg2A_2s4kdDBxz1QoO_OpEQb0",
    key: "predictable-secret",
    sep: "/",
  },
  {
    value: "foo",
    signed: "foo*sep*jZQoX_FtSO70jX9HLRGg2A_2s4kdDBxz1QoO_OpEQb0",
    key: "predictable-secret",
    sep: "*sep*",
  },
  {
    value: "foo",
    signed: "foo:EE4qGC5MEKyQG5msxYA0sBohAxLC0BJf8uRhemh0BGU",
    key: Buffer.from("e7", "hex"),
  },
  {
    value: "hello",
    signed: "hello:tCJ5D_t9bsdgPXOvgp3lQfniBghZSAh4tQE1Z4cImqY",
    key: "cl\u00e9 secr\u00e8te \ud83d\udd11",
    salt: "sel \u2019",
  },
  {
    value: "hello",
    signed: "hello:Ja72jFpZdVApOb_Zc6msXbvI5Hl_chmZm0iaqd3850I",
    key: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  },
  { value: "hello", signed: "hello:AmyOTQY9JAikz0u2GebORkTo4LA", algorithm: "sha1" },
  {
    value: "hello",
    signed: "hello:gxdrtt9VcQNdWpfuuEdlcus7M736GIs-vhj2OQl179eQPdByxxX7GDGSMa9h3E_k",
    algorithm: "sha384",
  },
  {
    value: "hello",
    signed:
      "hello:Usf3uVQOZ9m6uPfVonKR-EBXjPe7bjMbp3_Fq8MfsptgkkM1ojidN0BxYaT5HAEN1VzO9_jVu7R-VkqknHYNvw",
    key: "predictable-secret",
    algorithm: "sha512",
  },
  { value: "hello", signed: "hello:4WFIdteZ8cZIL-eU09Y4Rw", algorithm: "md5" },
];

export const TIMESTAMP_SIGNER_VECTORS: readonly TextVector[] = [
  { value: "hello", signed: "hello:8M0kX:su3yETsVfC9DElg29Txbv017OrUEhYaf1ztSg7MIz7U" },
  { value: "", signed: ":8M0kX:HWy5MBXOKoMxlnYJ1vk-z0c4WFLhQf50mIIwLlq7tq8" },
  {
    value: "a:b",
    signed: "a:b:1lewPD:a27PY7EtoKueCONlrk4g1wocSIr57eyhNB5HLXltVMQ",
    time: 1620378259,
  },
  { value: "hello", signed: "hello:0:rf2D-yWdhA5Z0D1paMDLslE1Mpp4Q-0p3n7SKYTlabg", time: 0 },
  { value: "hello", signed: "hello:-10:W0YId1rjZJZf4WJ-zG-5h-BGvWBf7_qMJtU54sQZWb8", time: -62 },
  {
    value: "hello",
    signed: "hello~8M0kX~3dIWACnIlY2p8L9u2XJj9lYsin3MxbGM583si6O2yuA",
    sep: "~",
    salt: "reset",
  },
  {
    value: "hello",
    signed:
      "hello:4TdRIW:IULEgv7t2WPKRMt9P775flD1SwfhQzB7WKA3AZ-tsxg00icCpoKQVSrJL2wIgXXVvJ0PMyFnnQ09XWSAI0Gwgg",
    time: 4102444800,
    algorithm: "sha512",
  },
];

export interface ObjectVector {
  readonly value: unknown;
  readonly signed: string;
  readonly salt?: string;
  /** Only reading gives the same everywhere: the bytes of zlib differ from version to version. */
  readonly compressed?: true;
}

/** Of `Signer.signObject`; the compressed ones with `compress`. */
export const OBJECT_VECTORS: readonly ObjectVector[] = [
  {
    value: { a: 1, b: "\u2019" },
    signed: "eyJhIjoxLCJiIjoiXHUyMDE5In0:LxJQj8oL_YHVvG1UHP8WlT3yGwy7AeVABBw-3oUNMK8",
  },
  { value: { a: 1 }, signed: "eyJhIjoxfQ:a5FJCtAxMZZnpeR0_O3tFrSeF-6b53ylAK1waEVQkAI" },
  { value: ["a", "list"], signed: "WyJhIiwibGlzdCJd:XqfIRtZo2o5Az9_cHsAKb6dWzvIU6xoZ_UJDXPXMaAA" },
  {
    value: "a string \u2019",
    signed: "ImEgc3RyaW5nIFx1MjAxOSI:lpyfMI0dbvgaHnml9v6tlGa_605HZSCbJpTp5-KUUSE",
  },
  { value: null, signed: "bnVsbA:fDzYRqXRwsl7HX1fWMLP2MlasonKB7J8AQUMsozNvkY" },
  { value: true, signed: "dHJ1ZQ:sxq5Wpzh3AWJRjKXermcqIjmFDBVhUlSE7ariTUyms0" },
  { value: 0, signed: "MA:EVHfc_XOaR94_03WTe2yK4sLFUiyTgWYjteLNDADmUQ" },
  {
    value: { "": [[], {}, null] },
    signed: "eyIiOltbXSx7fSxudWxsXX0:a_ObP911kVafNUIQ6Sk0GrNs9TdQxgxsI2ivMRN3U34",
  },
  {
    value: '\ud83d\udc0d\u007f"\\/\b\f\n\r\t\u001f',
    signed:
      "Ilx1ZDgzZFx1ZGMwZFx1MDA3ZlwiXFwvXGJcZlxuXHJcdFx1MDAxZiI:GmxJ4lwq8QvP8tpBxlmHqtmE15isdVpT-U_08j1w96M",
  },
  {
    value: [
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
      27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49,
      50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
    ],
    signed:
      ".eJwNjklxBEEQAwnloyWV-sCyYf40PADy-AkThrI5XB5aSMgoaFDRRgdd9PDCH2McPLh444MvfmQRkU8ZMqRkk0MuecxixJj5isOU2cxhLvPooqKmod9Q6aaHXvr-_gHM_CDF:amqlQ5n3CcW-gduMSWEBJCjF-CMY9UfVvfnF5pkF_Ns",
    compressed: true,
  },
  {
    value: {
      text: "swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing swing ",
      "caf\u00e9":
        "\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019\u2019",
    },
    signed:
      ".eJyrVipJrShRslIqLs_MS1cYWqSSjlJyYlpMqYFBqiXQCzGlRgaGlvQnlWoBfdZsGw:ObTWPDQidIzDFzv2XKD0mKffXAQDRxKQ6jARdS9nOSg",
    compressed: true,
  },
];

/** Of `dumps`. */
export const DUMPS_VECTORS: readonly ObjectVector[] = [
  { value: { a: 1 }, signed: "eyJhIjoxfQ:8M0kX:3Otm2nmCAnsSAQdhuG4M5pePx8OI44XU3eJsFMcsf7E" },
  { value: "hello", signed: "ImhlbGxvIg:8M0kX:PZHvCX9YbQCoGC8UJwGja1_EBPhgj-AG6Vt7sZYAik8" },
  {
    value: { foo: "bar", baz: 1 },
    signed: "eyJmb28iOiJiYXIiLCJiYXoiOjF9:8M0kX:pZH9OeZqAbSh4887KE7l3BNbpAK9FCNhOglwFeTnxqI",
  },
  {
    value: [1.5, -0.25, 1e-5, 1.5e-7, 1e21],
    signed:
      "WzEuNSwtMC4yNSwxZS0wNSwxLjVlLTA3LDFlKzIxXQ:8M0kX:JVrb1TVyxQHn8NbEx3opvJ4V7gsQ465CG-XEikmrISk",
  },
  {
    value: { x: 1 },
    signed: "eyJ4IjoxfQ:8M0kX:2hlvmObIff6Qag6E5BenlldAnM-TlrBAPQ9QLA_LyZA",
    salt: "django.contrib.sessions.SessionStore",
  },
  {
    value: {
      _auth_user_id: "1",
      _auth_user_backend: "django.contrib.auth.backends.ModelBackend",
      basket: [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3],
    },
    signed:
      ".eJyrVopPLC3JiC8tTi2Kz0xRslIyVNJBFktKTM5OzQNJpGQl5qXn6yXn55UUZSbpgZToQWWL9XzzU1JznKBqdZSSEouzU0uUrKKNdUiCsbUA8W4rxQ:8M0kX:Do2QZPGlrVtCnJtkBqh3l0CSzWw7i4v37caaxzVBHcY",
    salt: "django.contrib.sessions.backends.signed_cookies",
    compressed: true,
  },
];

export interface CookieVector {
  readonly name: string;
  readonly salt: string;
  readonly value: string;
  readonly signed: string;
}

/** Of `response.set_signed_cookie`. */
export const COOKIE_VECTORS: readonly CookieVector[] = [
  {
    name: "c",
    salt: "",
    value: "hello",
    signed: "hello:8M0kX:sfx5TmSFVXr_ZMmMFJkFCsoTLI2VYXgOuilsiJtEzvk",
  },
  {
    name: "basket",
    salt: "shop",
    value: "3",
    signed: "3:8M0kX:cz_GRKEAa-A7d9_6biu7mtJac8Kh9-suzEvQjjDt2uM",
  },
  {
    name: "a",
    salt: "bc",
    value: "hello",
    signed: "hello:8M0kX:oHDIO-r4jbSAZFk-ul5yM-hgS2bDKa8F1-aK0qIF_ms",
  },
  {
    name: "ab",
    salt: "c",
    value: "hello",
    signed: "hello:8M0kX:2nF92Yxtb7y_ht3aX5GuopxaroGJMUPbkoLw1ZF-bVU",
  },
  {
    name: "c",
    salt: "sel \ud83d\udd11",
    value: "\u00e9",
    signed: "\u00e9:8M0kX:oOZABOxP2mhP2UyBI6YRCDtuXRKjLZC0MJQBbi2fQFo",
  },
];

/** A messages cookie: `get_cookie_signer(salt="django.contrib.messages").sign_object(…)`, not compressed. */
export const MESSAGES_COOKIE: ObjectVector = {
  value: [["__json_message", 0, 25, "Saved."]],
  signed:
    "W1siX19qc29uX21lc3NhZ2UiLDAsMjUsIlNhdmVkLiJdXQ:8M0kX:bKHOtoinZlupoMPqNzToXtcGm28-73aKnlYXRdxixxk",
};

/** A cookie of Django before 5.2.15: name `c`, salt `shop`. */
export const LEGACY_COOKIE = "hello:8M0kX:wRly_RiKME9_JiAKddflS-vudLQ076pi2eyqrsyzg6E";
