import { vi } from 'vitest'

const attached = vi.spyOn(Element.prototype, 'attachShadow')

/** What the live region says; its text is in a closed shadow root. */
export const announced = (): string =>
  attached.mock.results.map(({ value }) => (value as ShadowRoot).textContent).join(' ')
