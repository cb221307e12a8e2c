import type { FullResult, Reporter, Suite } from 'playwright/types/testReporter'
import { endRun } from './run'

/** Notes for the table of covered operations how the run ended. */
export default class RunReporter implements Reporter {
  private suite: Suite | undefined

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite
  }

  async onEnd({ status }: FullResult): Promise<void> {
    const tests = this.suite?.allTests() ?? []
    const failed = tests.filter((test) => test.outcome() === 'unexpected' || test.outcome() === 'flaky').length
    // A run that was broken off has not ended as far as the table is concerned.
    if (status === 'passed' || status === 'failed') await endRun({ tests: tests.length, failed })
  }
}
