import type { Jobs } from '../services/jobs'
import { handle } from './handle'

/** Handles `jobs:*`; progress is pushed as `job:changed`. */
export function registerJobsIpc(jobs: Jobs): void {
  handle('jobs:list', () => jobs.list())
  handle('jobs:cancel', ({ jobId }) => {
    jobs.cancel(jobId)
    return null
  })
}
