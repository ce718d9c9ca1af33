package dev.haft.example.rpc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds exactly: integers, however big, stay integers, decimals stay decimal. */
final class Sum {
    /** Two numbers that are more digits apart than this are not added: the sum would have as many digits. */
    private static final int MAX_EXPONENT = 1000;

    private Sum() {}

    static Number of(List<?> numbers) throws CallException {
        BigInteger integers = BigInteger.ZERO;
        BigDecimal decimals = BigDecimal.ZERO;
        boolean decimal = false;
        for (Object number : numbers) {
            if (number instanceof BigInteger integer) {
                integers = integers.add(integer);
            } else if (number instanceof Integer || number instanceof Long) {
                integers = integers.add(BigInteger.valueOf(((Number) number).longValue()));
            } else {
                decimals = decimals.add(decimal(number));
                decimal = true;
            }
        }
        return decimal ? shortest(decimals.add(new BigDecimal(integers))) : integers;
    }

    /** A double if it says the same: any peer knows these. */
    private static Number shortest(BigDecimal sum) {
        double value = sum.doubleValue();
        return Double.isFinite(value) && BigDecimal.valueOf(value).compareTo(sum) == 0 ? (Number) value : sum;
    }

    private static BigDecimal decimal(@Nullable Object number) throws CallException {
        BigDecimal value;
        if (number instanceof BigDecimal exact) {
            value = exact;
        } else if (!(number instanceof Double floating)) {
            throw new CallException("add takes numbers, not " + kind(number));
        } else if (!Double.isFinite(floating)) {
            throw new CallException("add takes no number that is infinite");
        } else {
            value = BigDecimal.valueOf(floating);
        }
        if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
            throw new CallException("add takes exponents up to " + MAX_EXPONENT);
        }
        return value;
    }

    private static String kind(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getSimpleName();
    }
}
