import type { PlanSummary } from '@shared/domain/plan'
import { countText } from '@shared/format/count-text'

const changes = (count: number, singularVerb: string, pluralVerb: string): string =>
  `${countText(count, 'change')} ${count === 1 ? singularVerb : pluralVerb}`

/** The effects of canceling a plan now: changes that stay, that still complete, and that are not sent. */
export function cancelTexts({ state, counts }: PlanSummary): readonly string[] {
  if (state !== 'applying' && state !== 'paused') return ['The plan has ended. There is nothing left to cancel.']
  const { done, sending, waiting, unknown } = counts
  return [
    done === 0 ? 'No change has been applied.' : `${changes(done, 'stays', 'stay')} applied.`,
    ...(sending > 0 ? [`${changes(sending, 'is', 'are')} in progress and will be completed.`] : []),
    ...(unknown > 0 ? [`${changes(unknown, 'was', 'were')} sent but not verified.`] : []),
    `${countText(waiting, 'change')} will not be sent.`,
  ]
}
