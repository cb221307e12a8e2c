import { newAlertLines, noteOf, type Note } from '@shared/fleet/new-alerts'
import type { BoardRow } from '@shared/fleet/board-row'
import type { NewAlert } from '@shared/fleet/raised-file'
import { realTiming, type Timing } from '../../portsip/token-bucket'

interface NotifierDeps {
  /** Whether the user wants notifications. */
  readonly isOn: () => boolean
  /** The servers of these alerts, with those that are still new. */
  readonly rowsOf: (alerts: readonly NewAlert[]) => readonly BoardRow[]
  readonly show: (note: Note) => void
  readonly timing?: Timing
}

/** Reading a whole fleet raises alerts one after the other; those of this time are one notification. */
const gatherMs = 20_000

/** Shows one notification of the system for the alerts that were raised together. */
export class AlertNotifier {
  private readonly raised: NewAlert[] = []
  private isGathering = false

  constructor(private readonly deps: NotifierDeps) {}

  add(alerts: readonly NewAlert[]): void {
    this.raised.push(...alerts)
    if (this.isGathering) return
    this.isGathering = true
    const { after } = this.deps.timing ?? realTiming
    after(gatherMs, () => this.notify())
  }

  private notify(): void {
    const raised = this.raised.splice(0)
    this.isGathering = false
    if (!this.deps.isOn()) return
    const note = noteOf(newAlertLines(this.deps.rowsOf(raised)))
    if (note) this.deps.show(note)
  }
}
