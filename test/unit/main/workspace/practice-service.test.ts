import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import type { ServerId } from '@shared/domain/server'
import { health } from '@shared/fleet/health'
import { FleetFacts, factsStore } from '@main/services/fleet/facts'
import { noteRecord } from '@main/services/fleet/note-record'
import { PracticeService, practiceStore } from '@main/services/practice/practice-service'
import { FakeTiming } from '@test/fakes/timing'
import { FakePracticeChild } from '@test/fakes/practice-child'
import { othersThan, temporaryFolder } from '../storage/temporary'
import { draft, openWorkspace } from './drafts'

/** The app's practice servers after a start with this profile. */
function startApp(folder: string) {
  const workspace = openWorkspace(folder)
  const children: FakePracticeChild[] = []
  const remembered = new Map<ServerId, string>()
  const reports: string[] = []
  const practice = new PracticeService({
    store: practiceStore(join(folder, 'practice.json')),
    workspace,
    fork: () => {
      const child = new FakePracticeChild()
      children.push(child)
      return child
    },
    remember: async (id, password) => void remembered.set(id, password),
    report: (what) => reports.push(what),
  })
  const quit = async (): Promise<void> => {
    const ended = children.filter((child) => child.alive).map((child) => once(child, 'exit'))
    practice.stopAll()
    await Promise.all(ended)
  }
  onTestFinished(quit)
  return { workspace, practice, children, remembered, reports, quit }
}

async function fingerprintAt(address: string): Promise<string> {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

it('a practice server is in the workspace, trusted, with its password and the accounts in its notes', async () => {
  const { practice, remembered, workspace } = startApp(temporaryFolder())
  const server = await practice.add('22.6')
  await practice.add('22.6')
  expect(server).toMatchObject({ folder: 'Practice', practice: true, username: 'admin', name: 'Practice 22.6' })
  expect(workspace.list().map(({ name }) => name)).toEqual(['Practice 22.6', 'Practice 22.6 (2)'])
  expect(server.pin?.fingerprint256).toBe(await fingerprintAt(server.address))
  expect(server.notes).toContain(remembered.get(server.id))
})

it('at the next start it has the same address, and its new certificate is pinned', async () => {
  const folder = temporaryFolder()
  const first = startApp(folder)
  const before = await first.practice.add('22.2')
  await first.quit()
  const second = startApp(folder)
  await second.practice.startAll()
  const after = second.workspace.get(before.id)
  expect(after.address).toBe(before.address)
  expect(after.pin?.fingerprint256).not.toBe(before.pin?.fingerprint256)
  expect(after.pin?.fingerprint256).toBe(await fingerprintAt(after.address))
  expect(second.remembered.has(before.id)).toBe(true)
})

it('at the next start its certificate has not changed on the fleet board, which has read the earlier one', async () => {
  const folder = temporaryFolder()
  const first = startApp(folder)
  const { id, pin } = await first.practice.add('22.2')
  await first.quit()
  const second = startApp(folder)
  const facts = new FleetFacts({
    store: factsStore(join(folder, 'facts.json')),
    onChange: () => undefined,
    report: () => undefined,
    timing: new FakeTiming(),
  })
  second.workspace.onRecordChanged((before, after) => noteRecord(facts, before, after))
  facts.note(id, {
    certificate: {
      readAt: pin?.validFrom ?? '',
      validTo: pin?.validTo ?? '',
      fingerprint256: pin?.fingerprint256 ?? '',
    },
  })
  await second.practice.startAll()
  const idle = { serverId: id, phase: 'signed-out', address: 'first', passwordStored: true, failures: 0 } as const
  expect(health(idle, second.workspace.get(id), facts.get(id)).label).toBe('Not checked')
})

it('if its port is in use, it moves to another one, and the workspace is updated', async () => {
  const folder = temporaryFolder()
  const first = startApp(folder)
  const before = await first.practice.add('22.0')
  await first.quit()
  const squatter = createServer().listen(Number(new URL(before.address).port), '127.0.0.1')
  await once(squatter, 'listening')
  onTestFinished(() => void squatter.close())
  const second = startApp(folder)
  await second.practice.startAll()
  const after = second.workspace.get(before.id)
  expect(second.reports).toEqual([])
  expect(after.address).not.toBe(before.address)
  expect(after.pin?.fingerprint256).toBe(await fingerprintAt(after.address))
  expect(second.children.filter((child) => child.alive)).toHaveLength(1)
})

it('faults are turned on and off, also after a crash of the process', async () => {
  const { practice, children } = startApp(temporaryFolder())
  const { id } = await practice.add('22.2')
  expect(await practice.setFaults(id, { status: 502, brokenJson: undefined })).toMatchObject({
    status: 502,
    brokenJson: false,
  })
  expect(await practice.faults(id)).toMatchObject({ status: 502 })
  const [child] = children
  const ended = child && once(child, 'exit')
  child?.end(9)
  await ended
  expect(await practice.faults(id)).toMatchObject({ status: 0 })
  expect(children).toHaveLength(2)
})

it('two concurrent requests start one process', async () => {
  const folder = temporaryFolder()
  const first = startApp(folder)
  const { id } = await first.practice.add('22.2')
  await first.quit()
  const { practice, children } = startApp(folder)
  await Promise.all([practice.startAll(), practice.faults(id), practice.faults(id)])
  expect(children).toHaveLength(1)
})

it('a removed one ends and is not started again; another server has no faults', async () => {
  const folder = temporaryFolder()
  const { practice, workspace, children, quit } = startApp(folder)
  const { id } = await practice.add('22.2')
  const real = await workspace.add(draft())
  const ended = children[0] && once(children[0], 'exit')
  await workspace.remove([id])
  await ended
  await expect(practice.faults(real.id)).rejects.toMatchObject({ detail: { code: 'not-found' } })
  await quit()
  const again = startApp(folder)
  await again.practice.startAll()
  expect(again.children).toEqual([])
  expect(othersThan(folder, 'practice.json', 'practice.json.bak', 'workspace.json', 'workspace.json.bak')).toEqual([])
})
