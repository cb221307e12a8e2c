import type { CertificateTarget, AddressState, CertificateStage, PresentedAt } from '@shared/rollout/certificate-stage'
import { addressState, canTrust, certificateStage, isSettled, isStored } from '@shared/rollout/certificate-stage'
import { visibleText } from '@shared/domain/visible-text'

/** An address of a server, with what it presents in words. */
interface PresentedAddress {
  readonly address: string
  readonly state: AddressState
  readonly text: string
}

/** A server that has the certificate, with what comes next. */
export interface CertificateRow {
  readonly target: CertificateTarget
  readonly stage: CertificateStage
  readonly text: string
  readonly addresses: readonly PresentedAddress[]
  readonly canTrust: boolean
  /** Each address presents it; anything less is never shown as fine. */
  readonly isSettled: boolean
}

const stageTexts: Readonly<Record<CertificateStage, string>> = {
  notStored: 'Not stored',
  unverified: 'Stored · not checked',
  waiting: 'Stored · restart the web server',
  other: 'Another certificate is presented',
  presented: 'Presented',
  trusted: 'Trusted',
}

function addressText(state: AddressState, presented: PresentedAt | undefined): string {
  switch (state) {
    case 'notChecked':
      return presented?.problem === undefined ? 'Not checked yet' : `Not checked: ${presented.problem}`
    case 'waiting':
      return 'Presents the previous certificate'
    case 'other':
      return `Presents ${visibleText(presented?.shown?.subject ?? '')}, SHA-256 ${presented?.shown?.fingerprint256 ?? ''}`
    case 'presented':
      return 'Presents the new certificate'
  }
}

/** The servers that have the certificate with this fingerprint, from what they present as far as that is known. */
export const certificateRows = (
  targets: readonly CertificateTarget[],
  presented: readonly PresentedAt[],
  fingerprint256: string,
): readonly CertificateRow[] =>
  targets.filter(isStored).map((target): CertificateRow => {
    const addresses = target.addresses.map(({ choice, address }): PresentedAddress => {
      const found = presented.find((each) => each.serverId === target.serverId && each.choice === choice)
      const state = addressState(target, fingerprint256, found)
      return { address, state, text: addressText(state, found) }
    })
    const states = addresses.map(({ state }) => state)
    const stage = certificateStage(target, states)
    return {
      ...{ target, stage, addresses, text: stageTexts[stage] },
      canTrust: canTrust(stage, target),
      isSettled: isSettled(stage, states),
    }
  })
