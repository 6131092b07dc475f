/*
 * div64.c - 64-bit division, which gcc expects from libgcc. Debian's -m32 libgcc is built for a
 * later processor than the 386 (it contains cmov), so the four functions that integer code needs are
 * here, by shift and subtract. Division by 0 traps, as the processor's own does.
 */
#include <stdint.h>

uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *remainder);
uint64_t __udivdi3(uint64_t dividend, uint64_t divisor);
uint64_t __umoddi3(uint64_t dividend, uint64_t divisor);
int64_t __divdi3(int64_t dividend, int64_t divisor);
int64_t __moddi3(int64_t dividend, int64_t divisor);

uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *remainder)
{
	uint64_t quotient = 0;
	uint64_t bit = 1;

	if (dividend >> 32 == 0 && divisor >> 32 == 0) { /* the common case, and the trap for 0 */
		quotient = (uint32_t)dividend / (uint32_t)divisor;
		dividend = (uint32_t)dividend % (uint32_t)divisor;
		bit = 0;
	} else if (divisor == 0) {
		__builtin_trap();
	}
	while (bit != 0 && divisor >> 63 == 0 && divisor < dividend) {
		divisor <<= 1;
		bit <<= 1;
	}
	for (; bit != 0; bit >>= 1, divisor >>= 1) {
		if (dividend >= divisor) {
			dividend -= divisor;
			quotient |= bit;
		}
	}
	if (remainder)
		*remainder = dividend;
	return quotient;
}

uint64_t __udivdi3(uint64_t dividend, uint64_t divisor)
{
	return __udivmoddi4(dividend, divisor, 0);
}

uint64_t __umoddi3(uint64_t dividend, uint64_t divisor)
{
	uint64_t remainder;

	__udivmoddi4(dividend, divisor, &remainder);
	return remainder;
}

static uint64_t magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

int64_t __divdi3(int64_t dividend, int64_t divisor)
{
	uint64_t quotient = __udivdi3(magnitude(dividend), magnitude(divisor));

	return (int64_t)((dividend < 0) != (divisor < 0) ? -quotient : quotient);
}

/* The remainder has the sign of the dividend. */
int64_t __moddi3(int64_t dividend, int64_t divisor)
{
	uint64_t remainder = __umoddi3(magnitude(dividend), magnitude(divisor));

	return (int64_t)(dividend < 0 ? -remainder : remainder);
}
