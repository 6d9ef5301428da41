import { MoodsyncError } from "../../domain/moodsync-error.ts";

/** An answer of more than the most that is read. */
export class AnswerTooLarge extends MoodsyncError {
  constructor() {
    super("failure", "The server's answer is too large; nothing of it was stored.");
  }
}

/** The server, or the proxy before it, has not taken the connection in time. */
export class ConnectTimeout extends Error {
  readonly code = "CONNECT_TIMEOUT";
}

/** A proxy that answers, but does not connect to the server. */
export class ProxyRefusal extends Error {
  readonly status: number;

  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** A request that went out, or may have, and whose answer did not come back whole: the line broke, or was too slow. */
export class BrokenOff extends MoodsyncError {
  /** How much of an answer had come. */
  readonly receivedBytes: number;

  constructor(message: string, { hint = LATER, receivedBytes = 0, cause }: BrokenOffDetails = {}) {
    super("unreachable", message, { hint, cause });
    this.receivedBytes = receivedBytes;
  }
}

interface BrokenOffDetails {
  hint?: string;
  receivedBytes?: number;
  cause?: unknown;
}

const LATER = "Everything is kept here; try again later.";
const PLAIN = `${LATER} If the server has a certificate, its URL begins with https://.`;
const PROXY = "Check HTTPS_PROXY; NO_PROXY lists the servers that need no proxy.";
export const PROXY_SIGN_IN = "HTTPS_PROXY can hold them: http://NAME:PASSWORD@proxy.example.org:3128.";
const CLOCK = "If the server's certificate is right, look at this device's date and time.";
const AUTHORITY =
  "For a certificate of your own, set NODE_EXTRA_CA_CERTS to its authority; see docs/self-hosting.md.";
const OTHER_NAME = "Check the name in the URL. The sign-in page of a network can cause this, too.";
const OTHER_TLS = "Update the side that is older, or whatever ends HTTPS before the server.";
const NO_HTTPS =
  "Check the port in the URL; a server without a certificate is reached by http:// on this machine only.";

/** The words for one code of the operating system, of DNS, of TLS or of Node. */
type Words = readonly [sentence: string, hint?: string];

/** Before anything of the request could leave this device. */
const NOT_SENT: Record<string, Words> = {
  ECONNREFUSED: ["The server is not running, or not at this address."],
  ENOTFOUND: ["The server's name is not known to the network."],
  EAI_AGAIN: ["The server's name could not be looked up; is this device online?"],
  EAI_FAIL: ["The server's name could not be looked up."],
  EAI_NODATA: ["The server's name has no address."],
  EAI_NONAME: ["The server's name is not known to the network."],
  ENODATA: ["The server's name has no address."],
  ESERVFAIL: ["The server's name could not be looked up."],
  ETIMEOUT: ["The server's name could not be looked up in time."],
  CONNECT_TIMEOUT: ["The server did not answer in time."],
  ENETUNREACH: ["The server's network cannot be reached; is this device online?"],
  ENETDOWN: ["This device's network is down."],
  EHOSTUNREACH: ["The server cannot be reached from this network."],
  EHOSTDOWN: ["The server's machine is down."],
  EADDRNOTAVAIL: ["This device has no address that leads to the server."],
  EAFNOSUPPORT: ["This device's network does not know the kind of address that the server has."],
  EACCES: ["This device does not allow a connection to the server.", "Check its firewall and its policies."],
  EPERM: ["This device does not allow a connection to the server.", "Check its firewall and its policies."],
  EMFILE: ["This device has too many files open to make a connection."],
  ENFILE: ["This device has too many files open to make a connection."],
  ENOBUFS: ["This device has no memory left for a connection."],
  ENOMEM: ["This device has no memory left for a connection."],
};

/** While the request or its answer was on its way; the last line of `toConnectionFailure` names any other code. */
const BROKEN: Record<string, Words> = {
  ECONNRESET: ["The connection to the server failed."],
  ECONNABORTED: ["The connection to the server failed."],
  EPIPE: ["The connection to the server failed."],
  ETIMEDOUT: ["The server did not answer in time."],
};

/** What is wrong with the server's certificate. Nothing was sent. */
const CERTIFICATE: Record<string, Words> = {
  CERT_HAS_EXPIRED: ["The server's certificate has expired, so nothing was sent.", `Renew it. ${CLOCK}`],
  CERT_NOT_YET_VALID: ["The server's certificate is not valid yet, so nothing was sent.", CLOCK],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "The server's certificate is for another name, so nothing was sent.",
    OTHER_NAME,
  ],
  HOSTNAME_MISMATCH: ["The server's certificate is for another name, so nothing was sent.", OTHER_NAME],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["The server's certificate is self-signed, so nothing was sent.", AUTHORITY],
  SELF_SIGNED_CERT_IN_CHAIN: [
    "The server's certificate is from an authority that this device does not know, so nothing was sent.",
    AUTHORITY,
  ],
  UNABLE_TO_GET_ISSUER_CERT: [
    "The server's certificate is from an authority that this device does not know, so nothing was sent.",
    AUTHORITY,
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    "The server's certificate is from an authority that this device does not know, so nothing was sent.",
    AUTHORITY,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "The server's certificate comes without its intermediate certificates, so nothing was sent.",
    `The server has to send its whole chain. ${AUTHORITY}`,
  ],
  CERT_UNTRUSTED: [
    "The server's certificate is from an authority that this device does not know, so nothing was sent.",
    AUTHORITY,
  ],
  CERT_REVOKED: [
    "The server's certificate has been revoked, so nothing was sent.",
    "The server needs another one.",
  ],
};

/** The secure connection could not be agreed on. Nothing was sent. Codes are OpenSSL's, which change with its versions:
 *  the first pattern that fits decides. */
const TLS: readonly (readonly [RegExp, Words])[] = [
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_LAYER_FAILURE/,
    ["What answers at this URL does not speak https://.", NO_HTTPS],
  ],
  [/UNRECOGNIZED_NAME/, ["What answers at this URL does not know the server's name.", OTHER_NAME]],
  [
    /CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNKNOWN_CA/,
    [
      "The server asks for a client certificate, which moodsync does not have.",
      "Switch that off in whatever ends HTTPS before the server.",
    ],
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|UNSUPPORTED_SSL_VERSION/,
    [
      "The server speaks only TLS versions that are no longer safe, or that are too new for this device.",
      OTHER_TLS,
    ],
  ],
  [
    /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS|INSUFFICIENT_SECURITY|KEY_TOO_SMALL|MD_TOO_WEAK|ILLEGAL_PARAMETER/,
    ["This device and the server have no encryption in common that both consider safe.", OTHER_TLS],
  ],
];

/** One sentence for what made a request fail. Node's own messages may quote the URL or a header, so nothing of them is
 *  passed on but the code. */
export function toConnectionFailure(
  error: unknown,
  { isPlain, isProxied, receivedBytes }: { isPlain: boolean; isProxied: boolean; receivedBytes: number },
): MoodsyncError {
  if (error instanceof MoodsyncError) return error;
  const { name = "" } = error as { name?: string };
  const code = codeOf(error);
  const brokenOff = { hint: isPlain ? PLAIN : LATER, receivedBytes, cause: error };
  const ofProxy = isProxied ? proxyWords(error, code) : undefined;
  if (ofProxy) return failure("unreachable", ofProxy, error);
  if (name === "TimeoutError" || name === "AbortError")
    return new BrokenOff("The server did not answer in time.", brokenOff);
  if (code.startsWith("HPE_")) {
    const words: Words = ["What answers at this URL does not speak HTTP.", brokenOff.hint];
    return failure("unreachable", words, error);
  }
  if (NOT_SENT[code]) return failure("unreachable", NOT_SENT[code], error);
  const notSafe = tlsWords(code);
  if (notSafe) return failure("failure", notSafe, error);
  const sentence = BROKEN[code]?.[0] ?? `The connection to the server failed (${code}).`;
  return new BrokenOff(sentence, brokenOff);
}

/** With a proxy in between, only the proxy is looked up and connected to from here. */
function proxyWords(error: unknown, code: string): Words | undefined {
  if (error instanceof ProxyRefusal) {
    if (error.status === 407)
      return ["The proxy of HTTPS_PROXY asks for a name and a password (407).", PROXY_SIGN_IN];
    return [`The proxy of HTTPS_PROXY does not connect to the server (${error.status}).`, PROXY];
  }
  return NOT_SENT[code] && [`The proxy of HTTPS_PROXY cannot be reached (${code}).`, PROXY];
}

function tlsWords(code: string): Words | undefined {
  const known = CERTIFICATE[code] ?? TLS.find(([pattern]) => pattern.test(code))?.[1];
  if (known) return known;
  if (/^ERR_SSL_|^ERR_TLS_|^EPROTO$/.test(code))
    return [`No secure connection to the server could be made (${code}), so nothing was sent.`, OTHER_TLS];
  if (/CERT|CRL|^INVALID_|_CA$/.test(code))
    return [`The server's certificate cannot be trusted (${code}), so nothing was sent.`, AUTHORITY];
  return undefined;
}

/** OpenSSL's reason stands only in the message where a write found it. From Node 22 on it can hold a slash:
 *  ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE. */
function codeOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const reason = code === "EPROTO" ? /routines:[^:]*:([a-z0-9 _/]+):/i.exec(String(message))?.[1] : undefined;
  const text = reason ? `ERR_SSL_${reason.replaceAll(" ", "_").toUpperCase()}` : String(code ?? "");
  return /^[A-Z0-9_/]{1,80}$/.test(text) ? text : "no code";
}

function failure(
  code: "failure" | "unreachable",
  [message, hint = LATER]: Words,
  cause: unknown,
): MoodsyncError {
  return new MoodsyncError(code, message, { hint, cause });
}
