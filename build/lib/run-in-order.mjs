/** With one more than the two cores of a small machine, a stage that waits or uses one core leaves none idle. */
const concurrent = 3

/**
 * Starts the stages in their order, each as soon as few enough others run and those that it comes after have ended.
 *
 * @template {Pick<import('./stages.mjs').Stage, 'name' | 'after' | 'alone'>} S
 * @template T
 * @param {readonly S[]} stages
 * @param {(stage: S) => Promise<T>} run must not reject
 * @returns {Promise<T[]>} in the order of the stages
 */
export async function runInOrder(stages, run) {
  /** @type {Map<string, Promise<T>>} */
  const started = new Map()
  /** @type {Set<Promise<T>>} */
  const running = new Set()
  for (const stage of stages) {
    const { name, after = [], alone = false } = stage
    if (alone) await Promise.all(running)
    for (const earlier of after) await started.get(earlier)
    while (running.size >= concurrent) await Promise.race(running)
    const ended = run(stage).finally(() => running.delete(ended))
    started.set(name, ended)
    running.add(ended)
    if (alone) await ended
  }
  return Promise.all(started.values())
}
