// Runs a program in the network namespace that `unshare` made, beside plain Node: only loopback, one server's address, and a default route on which nobody
// answers. Before a packet leaves by that route, the kernel asks for its destination, of any protocol and port, and keeps it as a neighbor; its counters
// have every datagram and connection. Arguments: a folder for sockets and the report, the server's address and port, the debugging port, the command.
const { execFileSync, spawn } = require('node:child_process')
const { readFileSync, writeFileSync } = require('node:fs')
const { connect, createServer } = require('node:net')
const { join } = require('node:path')

const [folder, address, serverPort, debuggingPort, command, ...args] = process.argv.slice(2)
const ip = (line) => execFileSync('ip', line.split(' '), { encoding: 'utf8' })

for (const line of [
  'link set lo up',
  `addr add ${address}/32 dev lo`,
  'link add out type veth peer name away',
  // Without addresses of their own making: the kernel announces those.
  'link set out addrgenmode none',
  'link set away addrgenmode none',
  'link set out up',
  'link set away up',
  'addr add 192.0.2.1/32 dev out',
  'route add default dev out scope link',
  '-6 addr add 2001:db8::1/128 dev out nodad',
  '-6 route add default dev out',
])
  ip(line)

/** Connections that arrived at the server, and those that this program itself opened. */
let [called, own] = [0, 0]

const relay = (from, to) => {
  from.on('error', () => to.destroy())
  to.on('error', () => from.destroy())
  from.pipe(to).pipe(from)
}
createServer((socket) => {
  called += 1
  relay(socket, connect(join(folder, 'server')))
}).listen(Number(serverPort), address)
createServer((socket) => {
  own += 1
  relay(socket, connect(Number(debuggingPort), '127.0.0.1'))
}).listen(join(folder, 'debugging'))

/** The kernel forgets neighbors when it has many, and says so here. */
const monitor = spawn('ip', ['monitor', 'neigh'], { stdio: ['ignore', 'pipe', 'inherit'] })
let seen = ''
monitor.stdout.on('data', (chunk) => (seen += chunk))

/** A counter of the kernel, of files in which a line of names stands above a line of values. */
function counter(kind, name) {
  const [names, values] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${kind}: `))
    .map((line) => line.split(' '))
  return Number(values[names.indexOf(name)])
}
const counter6 = (name) =>
  Number(new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(readFileSync('/proc/net/snmp6', 'utf8'))[1])

const program = spawn(command, args, { stdio: 'inherit' })
process.on('SIGTERM', () => program.kill('SIGTERM'))
program.on('close', (code) => {
  const lines = `${seen}${ip('neigh show')}${ip('-6 neigh show')}`.split('\n')
  const report = {
    called,
    neighbors: [...new Set(lines.flatMap((line) => /^(?:Deleted )?([\da-f.:]+) dev/.exec(line)?.[1] ?? []))],
    datagrams:
      counter('Udp', 'OutDatagrams') +
      counter('UdpLite', 'OutDatagrams') +
      counter6('Udp6OutDatagrams') +
      counter6('UdpLite6OutDatagrams'),
    connections: counter('Tcp', 'ActiveOpens') - own,
  }
  monitor.kill()
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report))
  process.exit(code ?? 1)
})
