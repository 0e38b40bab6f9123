#include "CSystem.h"

#include <stdbool.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#if defined(__linux__)
#include <sys/auxv.h>
#ifndef HWCAP_SHA2
#define HWCAP_SHA2 (1 << 6)
#endif
#endif
#endif

// The round constants (FIPS 180-4, 4.2.2).
static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// A loop whose steps all know their number: words then stay in registers.
#if defined(__clang__)
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define UNROLLED _Pragma("GCC unroll 64")
#endif

typedef void (*compressor)(uint32_t state[8], const uint8_t *blocks, size_t count);

static uint32_t rotated(uint32_t word, int count) { return word >> count | word << (32 - count); }

static uint32_t word_at(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

// In C alone, for every processor (FIPS 180-4, 6.2.2).
static void compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count) {
  for (; count > 0; count--, blocks += 64) {
    uint32_t schedule[64];
    for (int i = 0; i < 16; i++) schedule[i] = word_at(blocks + 4 * i);
    UNROLLED
    for (int i = 16; i < 64; i++) {
      uint32_t a = schedule[i - 15], b = schedule[i - 2];
      schedule[i] = schedule[i - 16] + (rotated(a, 7) ^ rotated(a, 18) ^ a >> 3) +
                    schedule[i - 7] + (rotated(b, 17) ^ rotated(b, 19) ^ b >> 10);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    UNROLLED
    for (int i = 0; i < 64; i++) {
      uint32_t first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) +
                       ((e & f) ^ (~e & g)) + constants[i] + schedule[i];
      uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) +
                        ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
  }
}

#if defined(__x86_64__)

// With the SHA extensions, which do two rounds at a time (Intel SDM, SHA256RNDS2 and SHA256MSG).
__attribute__((target("sha,sse4.1,ssse3"))) static void compress_fast(
    uint32_t state[8], const uint8_t *blocks, size_t count) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  // The instructions keep the state as ABEF and CDGH.
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)&state[0]), 0xB1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)&state[4]), 0x1B);
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xF0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i words[4];
    for (int i = 0; i < 4; i++) {
      words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * i)), order);
    }
    UNROLLED
    for (int group = 0; group < 16; group++) {
      __m128i now = words[group & 3];
      __m128i sum =
          _mm_add_epi32(now, _mm_load_si128((const __m128i *)&constants[4 * group]));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
      if (group < 12) {
        // The four words that stand sixteen further on take the place of these.
        __m128i next = words[(group + 1) & 3], later = words[(group + 2) & 3],
                last = words[(group + 3) & 3];
        __m128i made = _mm_add_epi32(_mm_sha256msg1_epu32(now, next),
                                     _mm_alignr_epi8(last, later, 4));
        words[group & 3] = _mm_sha256msg2_epu32(made, last);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  low = _mm_shuffle_epi32(abef, 0x1B);
  high = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)&state[0], _mm_blend_epi16(low, high, 0xF0));
  _mm_storeu_si128((__m128i *)&state[4], _mm_alignr_epi8(high, low, 8));
}

static bool has_instructions(void) {
  unsigned int a = 7, b, c = 0, d;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  __builtin_cpu_init();
  return b >> 29 & 1 && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3");
}

#elif defined(__aarch64__)

// With the SHA-2 instructions of ARMv8, which do four rounds at a time (Arm ARM, SHA256H).
__attribute__((target("+sha2"))) static void compress_fast(
    uint32_t state[8], const uint8_t *blocks, size_t count) {
  uint32x4_t abcd = vld1q_u32(&state[0]), efgh = vld1q_u32(&state[4]);
  for (; count > 0; count--, blocks += 64) {
    const uint32x4_t abcd_before = abcd, efgh_before = efgh;
    uint32x4_t words[4];
    for (int i = 0; i < 4; i++) {
      words[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(blocks + 16 * i)));
    }
    UNROLLED
    for (int group = 0; group < 16; group++) {
      uint32x4_t now = words[group & 3];
      uint32x4_t sum = vaddq_u32(now, vld1q_u32(&constants[4 * group]));
      uint32x4_t former = abcd;
      abcd = vsha256hq_u32(abcd, efgh, sum);
      efgh = vsha256h2q_u32(efgh, former, sum);
      if (group < 12) {
        words[group & 3] =
            vsha256su1q_u32(vsha256su0q_u32(now, words[(group + 1) & 3]),
                            words[(group + 2) & 3], words[(group + 3) & 3]);
      }
    }
    abcd = vaddq_u32(abcd, abcd_before);
    efgh = vaddq_u32(efgh, efgh_before);
  }
  vst1q_u32(&state[0], abcd);
  vst1q_u32(&state[4], efgh);
}

static bool has_instructions(void) {
#if defined(__APPLE__)
  return true;  // Every arm64 Mac has them.
#elif defined(__linux__)
  return (getauxval(AT_HWCAP) & HWCAP_SHA2) != 0;
#else
  return false;
#endif
}

#else

#define compress_fast compress_portable
static bool has_instructions(void) { return false; }

#endif

int csystem_sha256_has_instructions(void) {
  static int known = -1;
  if (known < 0) known = has_instructions();
  return known;
}

struct csystem_sha256 csystem_sha256_begin(int is_portable) {
  struct csystem_sha256 hash = {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
  hash.is_portable = is_portable || !csystem_sha256_has_instructions();
  return hash;
}

void csystem_sha256_add(struct csystem_sha256 *hash, const uint8_t *bytes, size_t count) {
  compressor compress = hash->is_portable ? compress_portable : compress_fast;
  size_t held = hash->count % 64;
  hash->count += count;
  if (held > 0) {
    size_t taken = count < 64 - held ? count : 64 - held;
    if (taken > 0) memcpy(hash->rest + held, bytes, taken);
    if (held + taken < 64) return;
    compress(hash->state, hash->rest, 1);
    bytes += taken, count -= taken;
  }
  if (count >= 64) compress(hash->state, bytes, count / 64);
  if (count % 64 > 0) memcpy(hash->rest, bytes + count - count % 64, count % 64);
}

void csystem_sha256_end(struct csystem_sha256 *hash, uint8_t result[32]) {
  uint64_t bits = hash->count << 3;
  size_t held = hash->count % 64;
  uint8_t tail[72] = {0x80};
  size_t padding = held < 56 ? 56 - held : 120 - held;
  for (int i = 0; i < 8; i++) tail[padding + i] = (uint8_t)(bits >> (56 - 8 * i));
  csystem_sha256_add(hash, tail, padding + 8);
  for (int i = 0; i < 32; i++) result[i] = (uint8_t)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}
