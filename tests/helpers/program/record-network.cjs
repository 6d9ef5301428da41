// Loaded into the program with --require: notes every use of the network in the file MOODSYNC_NETWORK_RECORD.
const { appendFileSync } = require("node:fs");
const net = require("node:net");
const dgram = require("node:dgram");
const dns = require("node:dns");
const tls = require("node:tls");

function record(owner, name, what) {
  const original = owner[name];
  owner[name] = function (...args) {
    appendFileSync(process.env.MOODSYNC_NETWORK_RECORD, `${what}\n`);
    return original.apply(this, args);
  };
}

record(net.Socket.prototype, "connect", "connect");
record(net.Server.prototype, "listen", "listen");
record(tls, "connect", "connect");
record(dgram, "createSocket", "datagram");
for (const owner of [dns, dns.promises]) {
  for (const name of Object.keys(owner)) {
    if (/^(lookup|resolve)/.test(name) && typeof owner[name] === "function") record(owner, name, "name");
  }
}
