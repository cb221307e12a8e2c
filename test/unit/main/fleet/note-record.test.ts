import { beforeEach, expect, it } from 'vitest'
import type { ServerRecord } from '@shared/domain/server'
import { FleetFacts, factsStore } from '@main/services/fleet/facts'
import { noteRecord } from '@main/services/fleet/note-record'
import { FakeTiming } from '@test/fakes/timing'
import { certificate as pin, facts as factsOf, presented, server } from '../../shared/fleet/sample'
import { temporaryFolder } from '../storage/temporary'

const { id } = server()
const other = { ...pin, fingerprint256: 'CD:EF' }
let facts: FleetFacts
beforeEach(() => {
  facts = new FleetFacts({
    store: factsStore(`${temporaryFolder()}/facts.json`),
    onChange: () => undefined,
    report: () => undefined,
    timing: new FakeTiming(),
  })
  const { serverId: _, ...known } = factsOf()
  facts.note(id, known)
})

it.each<readonly [what: string, before: Partial<ServerRecord>, after: Partial<ServerRecord>, isKnown: boolean]>([
  ['stays while the trusted one stays', { pin }, { pin, name: 'Other' }, true],
  ['stays if it is the one that is trusted now', { pin: other }, { pin }, true],
  ['stays if none is trusted any more', { pin }, {}, true],
  ['is outdated if another one is trusted now', { pin }, { pin: other }, false],
  ['is outdated if another one is trusted for the first time', {}, { pin: other }, false],
])('a certificate that was read %s', (_, before, after, isKnown) => {
  noteRecord(facts, server(before), server(after))
  expect(facts.get(id)?.certificate).toEqual(isKnown ? presented : undefined)
  expect(facts.get(id)?.limits).toBeDefined()
})

it('nothing is known of another address', () => {
  noteRecord(facts, server(), server({ address: 'https://other.example.com' }))
  expect(facts.get(id)).toBeUndefined()
})
