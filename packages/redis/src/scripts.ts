/**
 * One script a verb, each on one key, so that a cluster runs them too. A record is lines of text:
 *
 * ```
 * pending <fence> <attempt> <end> | free <fence> <attempt> | ok | rejected
 * token
 * fingerprint, or nothing
 * answer: done records only, and not all of them
 * ```
 *
 * The last three are JSON, which never holds a line break. `<end>` is the time to live at which the lease ends: Redis
 * counts that down by itself, so no script reads a clock. All numbers are below 1e14, which Lua still writes in full.
 *
 * Upstash locks less for a script that begins with `#!lua flags=allow-key-locking`; Redis 7 refuses that flag, and a
 * server that only speaks Upstash's protocol may stand on Redis, so it is left out.
 */
const READ = String.raw`
local record = redis.call('GET', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
local head, token, fingerprint, answer, state, fence, attempt, leaseEnd
if record then
  head, token, fingerprint, answer = string.match(record, '^([^\n]*)\n([^\n]*)\n([^\n]*)\n?([^\n]*)$')
  state, fence, attempt, leaseEnd = string.match(head or '', '^(%a+) ?(%d*) ?(%d*) ?(%d*)$')
  if not state then return redis.error_reply('ERR this key holds no delivery: something else writes under the prefix') end
end
local function write(line, owner, print, expiry)
  redis.call('SET', KEYS[1], line .. '\n' .. owner .. '\n' .. print, 'PX', expiry)
end`;

/** ARGV: token, ms of lease, ms of retention, fingerprint. */
const claim = String.raw`${READ}
if state == 'ok' or state == 'rejected' then return state .. '\n' .. fingerprint .. '\n' .. answer end
if state == 'pending' and left > tonumber(leaseEnd) then
  if token == ARGV[1] then return 'claimed ' .. fence .. ' ' .. attempt .. ' 0' end
  return 'busy ' .. (left - tonumber(leaseEnd)) .. '\n' .. fingerprint
end
local lease = tonumber(ARGV[2])
local expiry = math.max(lease, tonumber(ARGV[3]))
local counters = (tonumber(fence or 0) + 1) .. ' ' .. (tonumber(attempt or 0) + 1)
write('pending ' .. counters .. ' ' .. (expiry - lease), ARGV[1], ARGV[4], expiry)
return 'claimed ' .. counters .. (state == 'pending' and ' 1' or ' 0')`;

/** ARGV: token, ms of retention, outcome, and the answer with a line break before it, or nothing. */
const complete = `${READ}
if token ~= ARGV[1] or state == 'free' then return 'no' end
if state == 'pending' then write(ARGV[3], token, fingerprint .. ARGV[4], tonumber(ARGV[2])) end
return 'yes'`;

/** ARGV: token, ms of retention. */
const release = `${READ}
if token ~= ARGV[1] or not (state == 'pending' or state == 'free') then return 'no' end
if state == 'pending' then write('free ' .. fence .. ' ' .. attempt, token, fingerprint, tonumber(ARGV[2])) end
return 'yes'`;

/** ARGV: token, ms of lease. */
const extend = `${READ}
if token ~= ARGV[1] or state ~= 'pending' then return 'no' end
local lease = tonumber(ARGV[2])
local expiry = math.max(lease, left)
write('pending ' .. fence .. ' ' .. attempt .. ' ' .. (expiry - lease), token, fingerprint, expiry)
return 'yes'`;

const forget = `return redis.call('DEL', KEYS[1]) == 1 and 'yes' or 'no'`;

export const scripts = { claim, complete, release, extend, forget } as const;
