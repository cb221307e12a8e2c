import type { CertificateView, ServerRecord } from './server'

type Pins = Partial<Pick<ServerRecord, 'pin' | 'secondPin' | 'activeAddress'>>

/** The certificate that the user trusted at the address in use. */
export const pinOf = ({ pin, secondPin, activeAddress }: Pins): CertificateView | undefined =>
  activeAddress === 'second' ? secondPin : pin

/** The certificate that the user trusted at the other address. */
export const otherPinOf = ({ pin, secondPin, activeAddress }: Pins): CertificateView | undefined =>
  activeAddress === 'second' ? pin : secondPin

/** Whether the user trusted this certificate at one of the addresses. */
export const isTrusted = ({ pin, secondPin }: Pins, fingerprint256: string): boolean =>
  pin?.fingerprint256 === fingerprint256 || secondPin?.fingerprint256 === fingerprint256

/** For a patch: trusts a certificate at the address in use. */
export const pinTo = ({ activeAddress }: Pick<ServerRecord, 'activeAddress'>, certificate: CertificateView) =>
  activeAddress === 'second' ? { secondPin: certificate } : { pin: certificate }
