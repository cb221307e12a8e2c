import type { Random } from '@demo/random'

type Container = Record<string | number, unknown>

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/** Texts and numbers that were, or might be, read as something else than they are. */
const values: readonly unknown[] = [
  ...[null, true, '', ' ', 0, -1, 1e308, -0, 2 ** 53, 0.1, [], {}, [[]], [null], { id: 1 }],
  ...['0', '-1', '1e9', 'null', '.', '..', '../..', 'a/b', '%2e%2e', '\ud800', '\u0000', '\u202egnp.exe', '\u200b'],
  ...['９', '٣', '2026-02-30T25:61:61Z', '9999-12-31T23:59:59.999Z', '::ffff:192.0.2.1/129', '192.0.2.1/-1', '0x7f.1'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '=1+1',
    'DENY',
    '<img src=x onerror=alert(1)>',
    '-----BEGIN CERTIFICATE-----',
  ],
]
const keys: readonly string[] = ['__proto__', 'constructor', 'id', 'items', 'count', '', 'x'.repeat(2000), '\ud800']

type Place = readonly [Container, string | number]

/** Adds every place of a value in objects and lists, with its container. */
function placesOf(root: unknown, places: Place[] = []): readonly Place[] {
  if (!isContainer(root)) return places
  for (const key of Object.keys(root)) {
    places.push([root, key])
    placesOf(root[key], places)
  }
  return places
}

const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 0)

/** Longest text or list that a repetition makes: what was repeated may be repeated again. */
const maxRepeated = 4_000_000

/** Length of a value as JSON. */
const lengthOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0

/** Replaces, removes, adds or repeats one value. */
function mutate(root: unknown, random: Random): void {
  const places = placesOf(root)
  const [container, key] = places[random.below(places.length)] ?? []
  if (container === undefined || key === undefined) return
  const value = container[key]
  const pick = (): unknown => structuredClone(values[random.below(values.length)])
  const wanted = random.chance(0.05) ? 20_000 : random.below(30)
  const repeated = (): number => Math.min(wanted, Math.floor(maxRepeated / (lengthOf(value) + 1)))
  switch (random.below(8)) {
    case 0:
      if (Array.isArray(container)) container.splice(Number(key), 1)
      else delete container[key]
      break
    case 1:
      container[key] = Array.from({ length: repeated() }, () => structuredClone(value))
      break
    case 2:
      container[key] = typeof value === 'string' ? value.repeat(repeated()) : nested(random.below(200))
      break
    case 3:
      if (Array.isArray(value)) value.push(pick())
      else if (isContainer(value)) value[keys[random.below(keys.length)] ?? ''] = pick()
      else container[key] = pick()
      break
    default:
      container[key] = pick()
  }
}

/** Changes bytes, cuts some off, or repeats some. */
function damage(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1)
  switch (random.below(4)) {
    case 0:
      return bytes.subarray(0, at)
    case 1:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([random.below(256), random.below(256)]),
        bytes.subarray(at),
      ])
    case 2: {
      const part = bytes.subarray(at, at + random.below(40))
      const times = random.chance(0.1) ? 20_000 : random.below(20)
      return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: times }, () => part), bytes.subarray(at)])
    }
    default: {
      const changed = Buffer.from(bytes)
      if (at < changed.length) changed[at] = random.below(256)
      return changed
    }
  }
}

/** A text with some of its bytes changed. */
export function mutatedText(text: string, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(text)
  for (let n = random.below(4); n >= 0; n--) bytes = damage(bytes, random)
  return bytes
}

/** JSON of `base` with some of its values changed, sometimes damaged as a text as well. */
export function mutatedJson(base: unknown, random: Random): Buffer {
  const root: unknown = structuredClone(base)
  for (let n = random.below(4); n >= 0; n--) mutate(root, random)
  const text = JSON.stringify(root) ?? 'null'
  return random.chance(0.25) ? mutatedText(text, random) : Buffer.from(text)
}
