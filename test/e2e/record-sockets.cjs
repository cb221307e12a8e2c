// Loaded with -r before the app's own code: writes the target of each connection and datagram that main's Node opens into a file, one a line.
const { appendFileSync } = require('node:fs')
const { Socket } = require('node:net')
const dgram = require('node:dgram')

const file = process.env.PBX_FLEET_TEST_SOCKETS
const record = (target) => appendFileSync(file, `${target}\n`)

const { connect } = Socket.prototype
Socket.prototype.connect = function (...args) {
  const options = args.flat().find((arg) => typeof arg === 'object' && arg !== null) ?? { port: args[0], host: args[1] }
  // A path is a socket of this machine, such as the one of the session bus.
  if (options.path === undefined) record(`${options.host ?? 'localhost'}:${options.port}`)
  return connect.apply(this, args)
}

const { send } = dgram.Socket.prototype
dgram.Socket.prototype.send = function (...args) {
  record('a datagram')
  return send.apply(this, args)
}
record('recording')
