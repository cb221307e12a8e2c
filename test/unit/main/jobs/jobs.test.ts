import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JobState } from '@shared/domain/job'
import { FleetError } from '@shared/ipc/result'
import { Jobs, type JobHandle } from '@main/services/jobs'
import { AppLog } from '@main/services/log'
import { temporaryFolder } from '../storage/temporary'

const planted = 'PLANTED-5521'

/** Runs one job to its end; returns its state and the log lines. */
async function ran(run: (job: JobHandle) => Promise<void>): Promise<{ readonly job: JobState; readonly log: string }> {
  const log = new AppLog({ folder: temporaryFolder(), packaged: true })
  await log.info('The log begins')
  const written: Promise<void>[] = []
  const job = await new Promise<JobState>((resolve) => {
    const tell = (state: JobState): void => (state.state === 'running' ? undefined : resolve(state))
    const jobs = new Jobs(tell, (what, error) => void written.push(log.warn(what, error)))
    jobs.start({ kind: 'export', title: 'Export of Contoso', serverId: 'server-7', run })
  })
  await Promise.all(written)
  return { job, log: readFileSync(log.file, 'utf8') }
}

describe('a job whose error refers to the log', () => {
  it('is logged in detail, without secrets and without the name of the customer', async () => {
    const { job, log } = await ran(() => Promise.reject(new TypeError(`no such cell, password=${planted}`)))
    expect(job).toMatchObject({ state: 'failed', error: { code: 'internal' } })
    expect(job.error?.hint).toContain('log')
    expect(log).toMatch(/job export server-7 failed.*TypeError.*no such cell/)
    expect(log).not.toContain(planted)
    expect(log).not.toContain('Contoso')
  })

  it('is logged also if a single row failed', async () => {
    const error = { code: 'internal', message: 'Internal error of the app' } as const
    const row = { id: '1', label: '10.0.0.0/8', error }
    const { job, log } = await ran(async ({ fail }) => fail(row, new RangeError('of one row')))
    expect(job.failures).toEqual([row])
    expect(log).toMatch(/job export server-7 failed.*RangeError.*of one row/)
  })

  it('is not logged if the window has the whole error', async () => {
    const refused = new FleetError({ code: 'forbidden', message: 'This account does not have permission' })
    const { job, log } = await ran(() => Promise.reject(refused))
    expect(job).toMatchObject({ state: 'failed', error: refused.detail })
    expect(log).not.toContain('failed')
  })
})
