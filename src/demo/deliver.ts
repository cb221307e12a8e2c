import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { constants, createBrotliCompress, gzipSync } from 'node:zlib'
import type { PracticeFaults } from '@shared/domain/practice'
import type { Answer } from './answer'
import { sendOnWire } from './wire'

const megabyte = 1024 * 1024
const bombMegabytes = 2048
const json = 'application/json; charset=utf-8'
const portal = '<!doctype html><html><head><title>PBX</title></head><body><h1>Sign in</h1></body></html>'

const disposition = (name: string, faults: PracticeFaults): string =>
  `attachment; filename="${faults.hostileFileName ? (faults.hostileName ?? '../../x') : name}"`

function* endless(): Iterable<string> {
  yield '{"count":1,"items":['
  const row = `${JSON.stringify({ id: 'again', cidr: '192.0.2.1/32', target: 'DENY', description: 'x'.repeat(200) })},`
  for (;;) yield row.repeat(64)
}

/** Two gigabytes of zeros. Gzip files can be concatenated, so the same compressed megabyte is repeated. */
function bomb(encoding: 'gzip' | 'br'): Readable {
  const zeros = Buffer.alloc(megabyte)
  const repeated = function* (piece: Buffer) {
    for (let at = 0; at < bombMegabytes; at++) yield piece
  }
  if (encoding === 'gzip') return Readable.from(repeated(gzipSync(zeros)))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 }
  return Readable.from(repeated(zeros)).pipe(createBrotliCompress({ params }))
}

function stream(response: ServerResponse, source: Readable): void {
  source.on('error', () => response.destroy())
  response.on('close', () => source.destroy())
  source.pipe(response)
}

function byteByByte(response: ServerResponse, body: Buffer): void {
  let at = 0
  const timer = setInterval(() => {
    response.write(body.subarray(at, ++at))
    if (at < body.length) return
    clearInterval(timer)
    response.end()
  }, 1000)
  response.on('close', () => clearInterval(timer))
}

/** Sends a response that no client expects; true if a fault requires one. */
function sendMonster(response: ServerResponse, faults: PracticeFaults): boolean {
  if (faults.dropAfterReceive) response.destroy()
  else if (faults.hugeHeader) response.writeHead(200, { 'x-filler': 'a'.repeat(10 * megabyte) }).end('{}')
  else if (faults.endlessBody) stream(response.writeHead(200, { 'content-type': json }), Readable.from(endless()))
  else if (faults.gzipBomb) {
    const encoding = faults.bombEncoding ?? 'gzip'
    stream(response.writeHead(200, { 'content-type': json, 'content-encoding': encoding }), bomb(encoding))
  } else if (faults.wrongContentType) response.writeHead(200, { 'content-type': 'text/html' }).end(portal)
  else return false
  return true
}

function bodyText(answer: Answer, faults: PracticeFaults): string | undefined {
  if (answer.file !== undefined) return [...answer.file.pieces()].join('')
  if (answer.body === undefined) return undefined
  // A refusal is not changed, unless the fault is that refusal.
  const isSpoilt = answer.status < 400 || answer.status === faults.status
  return isSpoilt && faults.body !== undefined ? faults.body : JSON.stringify(answer.body)
}

/** Sends the response, changed by faults. */
export function deliver(response: ServerResponse, answer: Answer, faults: PracticeFaults): void {
  if (sendMonster(response, faults)) return
  const headers: Record<string, string> = { ...answer.headers }
  if (answer.file !== undefined) {
    headers['content-type'] = 'application/octet-stream'
    headers['content-disposition'] = disposition(answer.file.name, faults)
  } else if (answer.body !== undefined) headers['content-type'] ??= json
  const travelsBadly = faults.brokenJson || faults.dropMidBody || faults.slowBytes || faults.wire !== undefined
  if (answer.file !== undefined && !travelsBadly) {
    stream(response.writeHead(answer.status, headers), Readable.from(answer.file.pieces()))
    return
  }
  const text = bodyText(answer, faults) ?? (travelsBadly ? '{"count":0,"items":[]}' : undefined)
  if (text === undefined) {
    response.writeHead(answer.status, answer.status === 204 ? headers : { ...headers, 'content-length': '0' }).end()
    return
  }
  const whole = Buffer.from(text)
  if (faults.wire !== undefined) {
    response.statusCode = answer.status
    sendOnWire(response, headers, whole, faults.wire)
    return
  }
  const body = faults.brokenJson ? whole.subarray(0, Math.ceil((whole.length * 2) / 3)) : whole
  response.writeHead(answer.status === 204 ? 200 : answer.status, { ...headers, 'content-length': String(body.length) })
  if (faults.dropMidBody) response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy())
  else if (faults.slowBytes) byteByByte(response, body)
  else response.end(body)
}
