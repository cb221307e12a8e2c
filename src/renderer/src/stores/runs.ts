import { computed, shallowReactive } from 'vue'
import type { Result } from '@shared/ipc/result'

/** A plan or a rollout. */
interface Run {
  readonly id: string
  readonly state: string
}

interface RunsOptions<R extends Run> {
  /** Listens to their changes. */
  readonly listen: (accept: (run: R) => void) => void
  /** Reads those that are under way. */
  readonly read: () => Promise<Result<readonly R[]>>
  /** Whether it is applied, or waits for the user. */
  readonly isActive: (run: R) => boolean
  /** Whether listeners hear that it is no longer applied; by default of each. */
  readonly isHeard?: (run: R) => boolean
}

/** Plans or rollouts that are under way or open in this window. */
export function useRuns<R extends Run>({ listen, read, isActive, isHeard = () => true }: RunsOptions<R>) {
  const runs = shallowReactive(new Map<string, R>())
  /** Those whose result is on a page or in a dialog now. */
  const shown = new Map<string, number>()
  const ended = new Set<(run: R) => void>()
  const active = computed(() => [...runs.values()].filter(isActive))

  function accept(run: R): void {
    const before = runs.get(run.id)?.state
    runs.set(run.id, run)
    if (before === 'applying' && run.state !== 'applying' && isHeard(run)) for (const listener of ended) listener(run)
  }

  async function refresh(): Promise<void> {
    const reply = await read()
    if (!reply.ok) return
    for (const run of reply.value) if (!runs.has(run.id)) runs.set(run.id, run)
  }

  listen(accept)

  return {
    active,
    accept,
    refresh,
    byId: (id: string) => runs.get(id),
    isShown: (id: string) => shown.has(id),
    /** To be called where one is shown; returns the function that ends this. */
    show(id: string): () => void {
      shown.set(id, (shown.get(id) ?? 0) + 1)
      return () => {
        const others = (shown.get(id) ?? 1) - 1
        if (others > 0) shown.set(id, others)
        else shown.delete(id)
      }
    },
    /** Called each time one stops being applied; returns the function that stops listening. */
    onEnded(listener: (run: R) => void): () => void {
      ended.add(listener)
      return () => void ended.delete(listener)
    },
  }
}
