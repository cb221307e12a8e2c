import { z } from 'zod'

/** One mail address, without judging more of it than a person does at a glance. */
export const mailAddress = String.raw`[^\s@]+@[^\s@]+`

/** What POST /admin/notification/test_email takes: all of it is needed. */
export const testMailSchema = z.object({
  recipient: z
    .string()
    .max(320)
    .regex(new RegExp(`^${mailAddress}$`)),
  subject: z.string().min(1).max(200),
  content: z.string().min(1).max(5000),
})
export type TestMail = z.infer<typeof testMailSchema>
