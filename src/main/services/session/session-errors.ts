import { FleetError } from '@shared/ipc/result'

export const nobodySignedIn = (): FleetError =>
  new FleetError({ code: 'signed-out', message: 'Nobody is signed in to this server', hint: 'Sign in again.' })

export const riskUnconfirmed = (): FleetError =>
  new FleetError({
    code: 'confirmation-required',
    message: 'Three sign-ins were refused already',
    hint: 'After more than five the PBX usually blocks this address for an hour, for everybody who shares it.',
  })

export const refusedBefore = (): FleetError =>
  new FleetError({
    code: 'refused',
    message: 'The PBX refused the password that is kept for this server',
    hint: 'It is not tried again by itself. Type the password.',
  })

export const wrongCertificate = (): FleetError =>
  new FleetError({
    code: 'conflict',
    message: 'This is not the certificate that the server shows now',
    hint: 'Connect again and compare.',
  })

export const blockedHere = (until: string | undefined): FleetError =>
  new FleetError({
    code: 'denied',
    message: 'The PBX blocks the address from which this app connects',
    ...(until && { until }),
  })
