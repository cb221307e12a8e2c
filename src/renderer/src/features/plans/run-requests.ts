import type { Result } from '@shared/ipc/result'
import { useRequest } from '@/composables/request'

/** Requests that return the summary of a plan or rollout after them. */
export function useRunRequests<S extends { readonly updatedAt: string }>(current: () => S, accept: (run: S) => void) {
  const { busy, error, request } = useRequest()

  /** Whether it succeeded. */
  async function update(sent: Promise<Result<S>>): Promise<boolean> {
    const summary = await request(sent)
    // A summary pushed meanwhile is newer.
    if (summary !== undefined && summary.updatedAt >= current().updatedAt) accept(summary)
    return summary !== undefined
  }

  return { busy, error, request, update }
}
