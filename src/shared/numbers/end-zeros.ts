/** Digits without the zeros at their end, in a time that grows with their number: `/0+$/` tries every run of zeros. */
export function withoutEndZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}
