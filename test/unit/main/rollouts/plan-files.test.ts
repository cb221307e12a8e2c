import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PlanFile } from '@shared/rollout/plan-file'
import { parsePlanFile } from '@main/services/plan-files/read-plan-file'
import { failureOf } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => on.close())

const rule = { cidr: '198.51.100.0/24', target: 'DENY', expire_at: null, description: 'Feed' } as const

async function saved(rolloutId: string): Promise<PlanFile> {
  const { text } = await on.planFiles.fileOf({ rolloutId })
  return JSON.parse(text) as PlanFile
}
async function opened(file: unknown) {
  const path = join(folder, 'plan.pbxplan.json')
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file))
  return on.planFiles.read(path)
}
const preview = async (file: unknown) => {
  const { fileId } = await opened(file)
  return on.service.previews.preview({ kind: 'file', fileId })
}
async function applied({ id }: { readonly id: string }) {
  await on.apply(await on.service.get(id), inOneWave)
  return on.rolloutEnded(id)
}
const described = () =>
  on.targets.map(({ pbx }) => pbx.rules().map(({ cidr, description }) => `${cidr} ${description}`))
const change = (ids: readonly string[], changes = { description: 'INC-4711' }) =>
  on.service.previews.preview({
    ...{ kind: 'change', resource: 'ip-rules', changes },
    records: ids.map((id, at) => ({ serverId: on.ids[at] ?? '', id })),
  })

describe('a plan as a file', () => {
  test('has the frozen values and the addresses of its servers, and opens as a new preview', async () => {
    on = await RolloutsHarness.start(2)
    const ids = [0, 1].map((at) => on.pbx(at).addRule(rule).id)
    const shown = await change(ids)
    const file = await saved(shown.id)
    expect(file).toMatchObject({
      ...{ format: 'pbx-fleet-plan', version: 1, title: 'Change 2 rules on 2 servers', savedBy: 'tech' },
      servers: [0, 1].map((at) => ({
        ...{ name: `PBX ${at}`, address: on.pbx(at).url },
        steps: [
          {
            ...{ action: 'change', resource: 'ip-rules', id: ids[at] },
            before: { cidr: rule.cidr, target: 'DENY', description: 'Feed' },
            after: { description: 'INC-4711' },
          },
        ],
      })),
    })
    on.service.previews.discard(shown.id)

    const again = await preview(file)
    expect(again).toMatchObject({
      title: '“Change 2 rules on 2 servers” from a file on 2 servers',
      groups: [{ kind: 'apply', label: 'Change 1 rule', servers: ['PBX 0', 'PBX 1'] }],
    })
    expect(on.posts().flat()).toEqual([])
    expect(await applied(again)).toMatchObject({ state: 'finished', counts: { done: 2 } })
    expect(described()).toEqual([['198.51.100.0/24 INC-4711'], ['198.51.100.0/24 INC-4711']])
    expect(await failureOf(preview(file))).toMatchObject({
      message: 'There is nothing to send',
      hint: expect.stringMatching(/^2 servers: Already in place/),
    })
    await applied(await on.service.previews.preview({ kind: 'revert', rollout: again.id }))
    expect(described()).toEqual([['198.51.100.0/24 Feed'], ['198.51.100.0/24 Feed']])
  })

  test('shows values that differ from those of the file as conflicts, and servers that are not here', async () => {
    on = await RolloutsHarness.start(2)
    const ids = [0, 1].map((at) => on.pbx(at).addRule(rule).id)
    const file = await saved((await change(ids)).id)
    on.pbx(1).changeRule(ids[1] ?? '', { description: 'by hand' })
    const [first, second] = file.servers
    const away = { ...first, name: 'Elsewhere\u202e', address: 'https://10.9.9.9:8887' }
    const { targets, title } = await opened({ ...file, title: 'Plan\n', servers: [first, second, away, first] })
    expect(title).toBe('Plan␊')
    expect(targets.map(({ name, server, reason }) => [name, server?.name, reason])).toEqual([
      ['PBX 0', 'PBX 0', undefined],
      ['PBX 1', 'PBX 1', undefined],
      ['Elsewhere⟨U+202E⟩', undefined, 'Not in this workspace'],
      ['PBX 0', undefined, 'The file has this server twice'],
    ])
    const shown = await preview({ ...file, servers: [first, second, away] })
    expect(shown.groups).toMatchObject([
      { kind: 'apply', servers: ['PBX 0'] },
      { kind: 'nothing', label: 'In conflict', servers: ['PBX 1'] },
    ])
    expect(shown.groups[1]?.details.join()).toContain('Description: by hand')
    expect(shown.warnings).toEqual(['Not sent to Elsewhere⟨U+202E⟩ (https://10.9.9.9:8887): Not in this workspace'])
    expect((await failureOf(preview({ ...file, servers: [away] }))).message).toBe(
      'No server of this file is in the workspace',
    )
  })

  test('has no secret: a step that needs one is listed, and not sent', async () => {
    on = await RolloutsHarness.start(1)
    const text = 'name,password,level,max_tenants,max_extensions\nreseller9,Secret-4711,RESELLER,5,50'
    const { importId, mapping } = await on.imports.paste('dealers', text)
    await on.imports.map({ importId, mapping, serverIds: on.ids })
    const shown = await on.service.previews.preview({ kind: 'import', importId })
    const file = await saved(shown.id)
    expect(JSON.stringify(file)).not.toContain('Secret-4711')
    expect(file.servers[0]?.steps[0]).toMatchObject({ secrets: ['password'], after: { name: 'reseller9' } })
    expect((await failureOf(preview(file))).hint).toMatch(/^PBX 0: Not sent \(.*secret is not stored/)
  })

  test('that deletes has the number to type of any deletion', async () => {
    on = await RolloutsHarness.start(1)
    const { id } = on.pbx(0).addRule(rule)
    const records = [{ serverId: on.ids[0] ?? '', id }]
    const shown = await on.service.previews.preview({ kind: 'delete', resource: 'ip-rules', records })
    const again = await preview(await saved(shown.id))
    expect(again.confirm).toMatchObject({ kind: 'number', deletes: { count: 1, plural: 'rules' } })
    on.service.previews.discard(again.id)
    // Of several steps the number is that of the deletions.
    const [server] = (await saved(shown.id)).servers
    const create = { action: 'create', resource: 'ip-rules', before: {}, after: { cidr: '9.9.9.0/24', target: 'DENY' } }
    const both = { ...server, steps: [...(server?.steps ?? []), create] }
    const mixed = await preview({ ...(await saved(shown.id)), servers: [both] })
    expect(mixed.confirm).toMatchObject({ kind: 'number', deletes: { count: 1 } })
    expect(mixed.groups).toMatchObject([{ label: 'Create 1 rule, Delete 1 rule' }])
    await applied(mixed)
    expect(
      on
        .pbx(0)
        .rules()
        .map(({ cidr }) => cidr),
    ).toEqual(['9.9.9.0/24'])
  })
})

describe('a file that is wrong', () => {
  const step = { action: 'create', resource: 'ip-rules', before: {}, after: { cidr: '9.9.9.0/24', target: 'DENY' } }
  const file = (steps: unknown = step, more: object = {}): string =>
    JSON.stringify({
      ...{ format: 'pbx-fleet-plan', version: 1, title: 'T', savedAt: '2026-11-24T15:30:00.000Z', savedBy: 'tech' },
      ...{ servers: [{ name: 'A', address: 'https://10.0.0.1:8887', steps: [steps] }], ...more },
    })
  const change = { ...step, action: 'change', id: '7', before: { cidr: '9.9.9.0/24', target: 'DENY' } }

  test.each([
    [
      'with values that are nested too deeply',
      file({ ...step, after: { cidr: 0 } }).replace('"cidr":0', `"cidr":${'['.repeat(50_000)}${']'.repeat(50_000)}`),
      'it has more than 64 levels of nesting, and the limit is 64',
    ],
    ['that was cut off', '{"format":', 'it is incomplete, or it is no JSON'],
    ['another file', '{"format":"x"}', 'it is not a plan that PBX Fleet saved'],
    [
      'of a newer version',
      file(step, { version: 2, steps: [] }),
      'it has version 2 of the format, and this app reads version 1',
    ],
    ['without servers', file(step, { servers: [] }), /servers: .*>=1 items/],
    ['with an unknown part', file(step, { run: 'x' }), /Unrecognized key: "run"/],
    ['with an unknown list', file({ ...step, resource: 'trunk-assignment' }), /servers\[0\]\.steps\[0\]\.resource/],
    [
      'with an unknown field',
      file({ ...step, after: { port: 1 } }),
      'servers[0].steps[0].after.port: the rule has no such field',
    ],
    [
      'with an invalid value',
      file({ ...step, after: { cidr: '9.9.9.0/99' } }),
      /servers\[0\]\.steps\[0\]\.after\.cidr: /,
    ],
    [
      'with a field that nobody sets',
      file({ ...step, after: { id: '7' } }),
      'servers[0].steps[0].after.id: this field cannot be set',
    ],
    [
      'with a password',
      file({ ...step, resource: 'dealers', after: { password: 'x' } }),
      'servers[0].steps[0].after.password: a secret is never in a plan file',
    ],
    ['with a path as an ID', file({ ...change, id: '../admin' }), /servers\[0\]\.steps\[0\]\.id: /],
    ['without an ID', file({ ...change, id: undefined }), 'servers[0].steps[0].id: the ID of the record is missing'],
    [
      'without the values that it depends on',
      file({ ...change, before: { cidr: '9.9.9.0/24' } }),
      'servers[0].steps[0].before: expected the value of target that the plan depends on',
    ],
    [
      'that deletes settings',
      file({ action: 'delete', resource: 'network', before: {}, after: {} }),
      /servers\[0\]\.steps\[0\]\.action: expected change/,
    ],
  ])('%s is refused with the place and the reason', (_, text, reason) => {
    const error = (() => {
      try {
        parsePlanFile(text)
        return ''
      } catch (thrown) {
        return (thrown as Error).message
      }
    })()
    if (typeof reason === 'string') expect(error).toBe(`The plan file cannot be opened: ${reason}`)
    else expect(error).toMatch(reason)
  })

  test('is too large or no text', async () => {
    on = await RolloutsHarness.start(0)
    expect((await failureOf(opened(Buffer.from([0xff, 0xfe]).toString('latin1') + '\u0000'))).message).toMatch(
      /no JSON/,
    )
    const path = join(folder, 'big.json')
    writeFileSync(path, Buffer.alloc(32 * 1024 * 1024 + 1, 32))
    expect((await failureOf(on.planFiles.read(path))).message).toMatch(
      /^The plan file “big\.json” cannot be opened: .* and the limit is 32 MB/,
    )
    writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00]))
    expect((await failureOf(on.planFiles.read(path))).message).toMatch(/not UTF-8/)
  })
})
