/** The nonce of the upload that wrote a seq of user $1, or null; goes by the primary key. */
export function nonceOf(seq: string): string {
  return `(
    select u.nonce
    from (
      select nonce, last_seq
      from uploads
      where user_id = $1::uuid and first_seq <= ${seq}
      order by first_seq desc
      limit 1
    ) as u
    where u.last_seq >= ${seq}
  )`;
}

/** Records the upload that wrote the seqs after `readSeq` up to `newSeq` for the user of the row `head`. */
export function insertUpload(parameters: {
  readSeq: string;
  newSeq: string;
  nonce: string;
  deviceId: string;
  applied: string;
  conflicts: string;
}): string {
  const { readSeq, newSeq, nonce, deviceId, applied, conflicts } = parameters;
  return `
    insert into uploads (user_id, first_seq, last_seq, nonce, device_id, applied, conflicts)
    select head.id, ${readSeq}::bigint + 1, ${newSeq}::bigint, ${nonce}::text, ${deviceId}::uuid,
      ${applied}::integer, ${conflicts}::integer
    from head
    where ${newSeq}::bigint > ${readSeq}::bigint`;
}
