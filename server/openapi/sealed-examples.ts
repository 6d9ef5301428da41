import { encodeCursor } from "../../src/domain/protocol/cursor.ts";
import { digestOf } from "../../src/domain/protocol/digest.ts";
import type { SealedChange } from "../../src/domain/protocol/sealed-change.ts";
import { decodeEnvelope, envelopeHash, SEAL_FORMAT } from "../../src/domain/protocol/sealed-envelope.ts";
import type { SealingInfo } from "../../src/domain/protocol/sealing-info.ts";
import { sealedAccount } from "../http/problem.ts";
import { type Exchange, LAPTOP, PHONE, problem, SERVER_TIME, SERVER_TIMESTAMP } from "./examples.ts";

// Sealed with generation 1 of the key and the account of docs/sealed-accounts.md, section 11. The server has no key, so the
// envelopes stand here as they are; a test opens them.

const KEY_ID = "449d0e2166b4ec3d";
/** The founding record, and the laptop's name. */
const KEY_CHECK =
  "AQAAAAEBZjfA+9X9vzRaO2vcIbJb3OVLqI9KcR1SKbZW1pz+oeaFoZwtPJVRgaF0ULTZOkyNtwvsfPat16IbfJHjk17y9h9ggdCXJGR/JNZCKdJ9+JByBJvemIJoEmDe2XEbMT1gDFMGU2O5bHTohQyHlKUoetGIEoIAOLD8yEDJb02tV5UsYHPTPMahlI0vcn0JO5TgZ1JlkbJ79Rk5vng38FvJMyvcciTZIrkNXKTdT4tN7T29HGs10aN/bGOa+t2sL1kP28Buq9bonpyxRWXTT2+5rNKc3mKxX1ifXSNr5R1DyrOot3p+L/86esXqB3V6bBzZ+hYjYvyqcaZL3MwWlMOsENQejEoYroCbfnoIT7qCy80ZBCHsaIZHweib3Ic1G0AVR4HCbmdPzqa5iC2tg2BsB3lWIzjdMk2oY0oClXC5bxsqZcpwFVXpUXrP2Z1Xnqf8ITRpUTtOplTLGaVJX4VYo9oH0GAW+XeZu8JVi0fjDrJF3hDRV6pUsWva4Z7WkIUfIJi+RaIirnvo3FcmHfxUMT37qIGVCy87MkG7FI+83lFZneW7jNxFmtpWPysehFt89Tu4IYVvEk1ePwqXo64+fPK4iaAku/wtJ2+fk8geG5Dog2WEeKy9GUdCQlkiE5dDAbdUfD7sYndBjvPhZ3HdYRHKnhfzjveebng5SeLX8PU+Re/AZ0HrwkLzpYoWZT10QZwxBcwQmMKJu34=";
const SEALED_LABEL =
  "AQAAAAEIrKOYkNpTLZBGxHytD26lSTWGjcAo0sdFADip/BMp85N2/Rab7AlTLO8v7XPEX+W/vhmcq4tAJZGJSn2JYwWtN3vM5x0vTo3SO681efhtugF2oG9UrjyEgZcyKETS3Zqv8ukOB16ExgminPsIFxj8ajcaEnRZ+afxgyTHDHQeZRAnmiW7fREzJUL8yE+9IVPRSewZ/pEruc8Yb1xoE4w+vsVE3cLChJMKVndvMi7UVl+feIJhb2hkB+XNeE8tFIy4hRML/kvW7FQ9lsmIUE80jlSlaypuwu9/82NZeSspajN4/UVv0zpyaVNatlJKlAiwTV1VlvVWdUIhC/MzgBYXNNjcBUDgtNMrPIEC5cVqhUOcuoAuTWkxXfq97Td2bJ4wPjSb4JqNW/+lLO7Kl69c5t92qb/XZBSIhh5b/OYpwWIX88lcAOQRDWaP7PoJmK18oDa9+v051Sj55jVJkdCzvcY32CiF9tgO0WkgdwU6wpeKKtJTgC08qLkwSwHB035uCYUux6mqlY+XyodBYMTua3Xd3897nf2/OBgcKO42+8oov+FIBnxfieLMtzsQdMEi9KHqpRYG2QmKy3oVri9SvprxpZQUWHvNSRkLeXKx/u7qff5EmaZ0JTm1I/ggahnlD1CRjxQcWBNJql6psVhOw+eF2mP4E+4HWSZozD7a+kmE80H0VSQ6rPHUJDNrvBEydEKGk9C5Qg/HzXE=";

/** The time of the founding by the laptop's clock. */
const FOUNDED_AT = "2026-03-02T19:59:00.000Z";

/** An activity. */
const running: SealedChange = {
  id: "b8f79f01-3e39-814a-b6ee-703526ea91c8",
  updated_at: "2026-03-02T20:00:05.123Z",
  deleted: false,
  envelope:
    "AQAAAAE6dbM2dRU+9IGlBvaOGp+yN/2/IJInqXFIFcYaB0MgvJj2NarHYVO8VnmVpsEwJ+jVXPWuHP9Hh6K+AsKqFtvizQ1zzWsDZ4uMp0vZdUsIch56GPMkHmbG8c7eSllAyETn7twwzwd5GFtw+stC8QLoyU0TfeIr8AhqJrJZpeQpAlUogqgh0rpNMpGRT0bCJNIq3QAL1O8+JVNudQVAsY+9s2Jz+9oe0uhCfrN1pUM59MERhFW1Lba0kyIgG1zE5y4hY/V91cxuLOuK8BYwa+1CbjOJOWIbYaPMDxh9luY2j2NgOpAwykYZIdY4k1DQ4nExQrXuCM/Dlu+EDAHXYQVDJXrAYRy+RG7+MVQVowtiDirq+0Cw938c/CAWufZOzja83UPFrQE+76xpZg57L1ZoZT0iuxvvaqAp7t8+PiHkylmBvljKt2M963ScemkF7jC0fwfypbzJu2fGHnsR6NSgR3mQA3LzIwSkjZhWzN1VM6mOLxQvimSsWU7fcPGsGSanjDGxafK/0UaV4wD5YWcz/XvrThF6VC85A4PxPomlGktbXhITGESfXmWW6ONmue995TgKzY1l6QU2GPXj/otVIJ50yLMZ0/ijjT0uftoP1XYYhERfsdK15U8VMm6k1/z8+eIOB52yv7beZaf4JQuid7A+qrwx55Nk9dZnZU3AYtw9meWwEZorbtapiFNO2g/5WMveJydZKtUbA3o=",
};
/** A mood, logged with it, then raised by the laptop, and annotated by the phone, which has not seen that. */
const logged: SealedChange = {
  id: "4455b895-95ba-873f-b28b-8e47f458e901",
  updated_at: "2026-03-02T20:00:05.123Z",
  deleted: false,
  envelope:
    "AQAAAAHt0dZpUcUK1BgeKdgO9tKYciWhhQ2Z5BE1rPQbI0OuWwXw/rN1BLjsu6Idybi2w3COaLIhNBCR/akVFR/oqhi1FbzB+VgKYZhmYwBDYapkOyrX6QzC96eRpuoi6sLLwLVIOu8EYXcSjhPzyLbkP/s4Quf0sAIQGr8Dpvh9WhbGNQwxRooS1t/o2pjAFL2D1lHsWQznbajxzdDD+oAuCGRCLPdDgMQ8O9ZLruNLagRE1E+ANVKnt1kdWDHoaXQFWCVDX8WIgtVT+PkxiiIwYP6UxCu+npvU+2QAJKVqCSe7dsKPbuedca4lCqVfGd9M8P4Cp+n2+ix9Hy7v44kkF64JTvFEgZtiXgHj6GwgBNZ+OvQ89cSGoMZJw4JgPZB8p5LtwCnty0u8C/YWB4O3sjLUgkAEV94cm/4FxveboPtGyN9/3HQne0dZhlqdUGUH0RbhfiU9kPNQvYJFBIi6Tk8UksapzZO5MaynOLtLi7Urr0XZD04OlYC/91bYSbMCiSxjr2Ha7gSRsbcAFBq8/uBpY8jSuRhcP3VJG0LsTphzmP7YdUecazKrx8Mh/qmPDzics94+U9jG1VJl308yHuiPcqnE39qKA6+/B2vGBGY816a6oeJwXR1IV5aOcLWguSOfKvaV+nA//yHXKIMKS2m2koRQdsbDjlKJfQFkqB/cK4pzh2F1r/3cdG022WuoslT0Coc5PPZUAp5smGQ=",
};
const raised: SealedChange = {
  id: "4455b895-95ba-873f-b28b-8e47f458e901",
  updated_at: "2026-03-02T20:03:10.500Z",
  deleted: false,
  envelope:
    "AQAAAAHvssVzJr1YLIzqC/4+cxXlgUWBaZ1Q6me/R+UMpN+6naBWiNbdLS5JfmBQ8CjShqSI7oVIR+fj3EIrb6K7eC8O/THQTuN19g/8Ff5ckcVusOKakz12+CYLRVyq6z+BWFZm+iBwrZx4iRzaGR6+wFa+nwWauSEhXSBEwtyvmEl4ycIclDrKRi3S/Z6/f5b9dCWPs24eOo53bsZJOVsxogtG9NhasNs4pxrLR6W2r3+frJoCZaDiZF8D54btdpu2P9mH/JtsUV7j9IDuIlRk16XEPRFK0u6kjYzEJYFhffXsGVq1SeydBGWeBIJBz0YppEHXn+2afGP0mF5J1TKKVeW0iqR04rh/ByORFJccreugCWZLxFgH/0+DWximYKZAFQPJYzo1/uOLijlkw6UP3OaUHeVofL3Q47WYefdD9jHiX4AYMiWzHRhSvtA2FzoFE2Z0yK4Lr/Ea2pBjpIHzXI8Rex3s+zCnhB2tTyzeRpH8z2hw2/gX7EbS7HY2sKB6p3ySRiS03fx61XypG3aEAmZu9ECjLcJkTz2M35jINczWuD0kV9I/ZYnEnTX2+KTXgNdgrnA8+TCOjAzMrsL4OAxTkbKzwZ6kxa6GVk3iE/HQZ60nJU9I/kcNQeJZPorxDYgz0uucbZJjGbLUpGqwrakaEcMm2KjlILe4TLv0seIM04mjpBrmCxRi9IWznf9MCoxPrlJ7RAvazubt1+Q=",
};
const annotated: SealedChange = {
  id: "4455b895-95ba-873f-b28b-8e47f458e901",
  updated_at: "2026-03-02T20:04:00.250Z",
  deleted: false,
  envelope:
    "AQAAAAGzS1qYQRY9P7v5VvH4SoSFWPQE5d811GE5JZAF0pRRarlko1IoSLd5Jju3GJ/valy9oaKPzvhGE6jWrrPcUVOGlJrWkWftYdkYkB2s4STEpQwnjUOD9bcsHShlnaRBOZLDJMJOBSQ8bVrcOBngwnDRTwIWKy3UpSzeLBVwWz5zN8pDWgc9nJnbp8to6BVHB2acU8CavNNYk17g2vKYaC8Fp+pEIG/G/sHeAUWqrAGxEfAcb6sKO9Nr+jDpkTyqIf9rehyqWNdMeBvNKkzmQV4dfvJ8Dk0J0hewHDMhsGa02XXA6ukUDgOJVqeA8rxwRjMSf3U5KbbsCCAFS9T0WVyhcEfRvEsczXtvI6ujTEOIWPLieK74hZOKy1VR021gh8mEoGO6k++nYMQVP83uZqz3O7O8l4cUdvqBRtB89W66TyZIZUhGQaOhn17s06ggN1HsWzeklGhZeVJPdj0YGRKsawao7jNSul3UA9NgArE19DR3fKL519ZcZsrXkTTVuEZAUkyCSoaFYF/2ah3fDxMLGm02OJHaLe8RlqqLjIuaBH0cuqwY3ZewnTO8kQ7Jm8IRNUIXPfp4KfawwrWoA4rowsZZO9qRuZQyMwzi0nQ7a0OZgCFZGJWrPyw4lfdqjSOGXA7CIopVfQPY8gcfuSRdxPwr8M3atKYqDTbhRl5JaP1MRa/7PhcsUEKH7Zy5eZnm3CyjhKMk8Q1sS8M=",
};
/** The end of the activity. */
const removal: SealedChange = {
  id: "b8f79f01-3e39-814a-b6ee-703526ea91c8",
  updated_at: "2026-03-02T20:06:30.000Z",
  deleted: true,
  envelope:
    "AQAAAAGseKWIT55xgEBbazDS4BDKVeYMMM4cneaFTUbbPCwlHzjzqDxsuW/a7ASyO9A8cew4FD5KKbr5lK9X7TbOi2OZliY2fxfXo/xlRiPrXdUzPi1qPrDyAPQXiH3gbPZewycCO9zbekwkqFw5EBKlBkYV0cN61ey6MLIkr3wlrfiYtWEsw8GIPRQIEIYnGOi2Cn/nr2QkeVTXrT2lxO8=",
};

/** What is sealed in the exchanges, beside the founding record. */
export const SEALED = { changes: [running, logged, raised, annotated, removal], label: SEALED_LABEL };

const cursor = (seq: number, nonce: string) => encodeCursor({ seq, nonce, startHorizon: null });
/** Where every device begins; the founding itself is behind it. */
const START = cursor(0, "0".repeat(32));
const AFTER_FIRST = cursor(3, "5d2c7a1f8e9b4c6d3a0f1e2d4c5b6a79");
const AFTER_EDIT = cursor(4, "8f7e6d5c4b3a29181706f5e4d3c2b1a0");
const HEAD = cursor(5, "0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f6");

/** As {@link PLACEHOLDERS} of the plain account's. */
export const SEALED_PLACEHOLDERS: readonly string[] = [AFTER_FIRST, AFTER_EDIT, HEAD];

/** What a server says of an account that was never founded. */
export const NEVER_FOUNDED: SealingInfo = {
  generation: 0,
  format: null,
  key_id: null,
  key_check: null,
  founded_at: null,
  founded_by: null,
  may_seal: true,
  has_retired: false,
};
const sealing = {
  ...NEVER_FOUNDED,
  generation: 1,
  format: SEAL_FORMAT,
  key_id: KEY_ID,
  key_check: KEY_CHECK,
  founded_at: FOUNDED_AT,
  founded_by: LAPTOP,
};
const ofGeneration = { generation: 1, key_id: KEY_ID };

const hashOf = ({ envelope }: SealedChange) => envelopeHash(decodeEnvelope(envelope)!);

const version = (change: SealedChange, deviceId: string, outcome: string) => ({
  ...change,
  content_hash: hashOf(change),
  device_id: deviceId,
  stored_at: SERVER_TIMESTAMP,
  outcome,
});

const times = { created_at: SERVER_TIMESTAMP, last_seen_at: SERVER_TIMESTAMP };

/** `cursors`: where the device stands after it, and where the account does. */
function upload(
  applied: readonly SealedChange[],
  cursors: readonly [device: string, head: string],
  conflicts: readonly object[] = [],
) {
  return {
    generation: 1,
    server_cursor: cursors[0],
    head_cursor: cursors[1],
    applied_ids: applied.map(({ id }) => id),
    conflicts,
    server_time: SERVER_TIME,
  };
}

/** A story of another account, which a laptop seals before anything is in it. A test plays it against a real server. */
export const SEALED_EXCHANGES: readonly Exchange[] = [
  { name: "sealing-plain", method: "GET", path: "/v1/sealing", status: 200, response: NEVER_FOUNDED },
  {
    name: "found",
    method: "PUT",
    path: "/v1/sealing",
    request: {
      device_id: LAPTOP,
      client_cursor: null,
      from_generation: 0,
      generation: 1,
      format: SEAL_FORMAT,
      key_id: KEY_ID,
      key_check: KEY_CHECK,
      founded_at: FOUNDED_AT,
    },
    status: 200,
    response: sealing,
  },
  { name: "sealing", method: "GET", path: "/v1/sealing", status: 200, response: sealing },
  {
    name: "register-device-sealed",
    method: "PUT",
    path: `/v1/devices/${LAPTOP}`,
    request: { label: null, sealed_label: SEALED_LABEL },
    status: 200,
    response: { id: LAPTOP, label: null, ...times, sealed_label: SEALED_LABEL, generation: null },
  },
  {
    name: "sealed-upload-first",
    method: "POST",
    path: "/v1/sealed/upload",
    request: {
      device_id: LAPTOP,
      ...ofGeneration,
      client_cursor: null,
      changes: [
        { ...running, base_updated_at: null },
        { ...logged, base_updated_at: null },
      ],
    },
    status: 200,
    response: upload([running, logged], [START, AFTER_FIRST]),
  },
  {
    name: "sealed-download",
    method: "POST",
    path: "/v1/sealed/download",
    request: { device_id: PHONE, ...ofGeneration, since: null },
    status: 200,
    response: {
      generation: 1,
      server_cursor: AFTER_FIRST,
      changes: [running, logged],
      has_more: false,
      deletions_ahead: 0,
      server_time: SERVER_TIME,
    },
  },
  {
    name: "sealed-upload-edit",
    method: "POST",
    path: "/v1/sealed/upload",
    request: {
      device_id: LAPTOP,
      ...ofGeneration,
      client_cursor: AFTER_FIRST,
      changes: [{ ...raised, base_updated_at: logged.updated_at }],
    },
    status: 200,
    response: upload([raised], [AFTER_EDIT, AFTER_EDIT]),
  },
  {
    name: "sealed-upload-conflict",
    method: "POST",
    path: "/v1/sealed/upload",
    request: {
      device_id: PHONE,
      ...ofGeneration,
      client_cursor: AFTER_FIRST,
      changes: [{ ...annotated, base_updated_at: logged.updated_at }],
    },
    status: 200,
    response: upload(
      [],
      [AFTER_FIRST, AFTER_EDIT],
      [{ id: raised.id, reason: "stale_base", server_change: raised, server_device_id: LAPTOP }],
    ),
  },
  {
    name: "sealed-upload-delete",
    method: "POST",
    path: "/v1/sealed/upload",
    request: {
      device_id: LAPTOP,
      ...ofGeneration,
      client_cursor: AFTER_EDIT,
      changes: [{ ...removal, base_updated_at: running.updated_at }],
    },
    status: 200,
    response: upload([removal], [HEAD, HEAD]),
  },
  {
    name: "sealed-digest",
    method: "GET",
    path: "/v1/sealed/digest",
    status: 200,
    response: {
      ...ofGeneration,
      server_cursor: HEAD,
      ...digestOf([hashOf(raised)]),
      tombstones: 1,
    },
  },
  {
    name: "sealed-history",
    method: "GET",
    path: `/v1/sealed/history/${logged.id}`,
    status: 200,
    response: {
      generation: 1,
      versions: [
        version(annotated, PHONE, "lost"),
        version(raised, LAPTOP, "current"),
        version(logged, LAPTOP, "replaced"),
      ],
    },
  },
  {
    name: "sealed-history-of-nothing",
    method: "GET",
    path: `/v1/sealed/history/${logged.id.replace(/^4/, "5")}`,
    status: 404,
    response: problem(404, "Not Found", "not_found", "The account has no such entity."),
  },
  {
    name: "devices-sealed",
    method: "GET",
    path: "/v1/devices",
    status: 200,
    response: {
      devices: [
        { id: LAPTOP, label: null, ...times, sealed_label: SEALED_LABEL, generation: 1 },
        { id: PHONE, label: null, ...times, sealed_label: null, generation: 1 },
      ],
    },
  },
  {
    name: "sealed-account",
    method: "POST",
    path: "/v1/sync/download",
    request: { device_id: PHONE, since: null },
    status: 422,
    response: problem(422, "Unprocessable Entity", "sealed_account", sealedAccount().message),
  },
  {
    name: "generation-changed",
    method: "POST",
    path: "/v1/sealed/download",
    request: { device_id: PHONE, generation: 2, key_id: "b1946ac92492d234", since: null },
    status: 409,
    response: problem(
      409,
      "Conflict",
      "generation_changed",
      "The account is of another generation, or sealed with another key; nothing was done.",
      { sealing },
    ),
  },
  {
    name: "not-at-head",
    method: "PUT",
    path: "/v1/sealing",
    request: {
      device_id: PHONE,
      client_cursor: AFTER_FIRST,
      from_generation: 1,
      generation: 2,
      format: null,
      key_id: null,
      key_check: null,
      founded_at: SERVER_TIMESTAMP,
    },
    status: 409,
    response: problem(
      409,
      "Conflict",
      "not_at_head",
      "The device has not downloaded everything; sync, then found.",
    ),
  },
  { name: "remove-retired", method: "DELETE", path: "/v1/sealing/retired?generation=1", status: 204 },
];
