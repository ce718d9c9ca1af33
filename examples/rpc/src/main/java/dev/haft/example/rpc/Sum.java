package dev.haft.example.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Adds exactly: integers, however big, stay integers, decimals stay decimal. */
final class Sum {
    /** Two numbers that are more digits apart than this are not added: the sum would have as many digits. */
    private static final int MAX_EXPONENT = 1000;

    private Sum() {}

    static Number of(List<JsonNode> numbers) throws CallException {
        BigInteger integers = BigInteger.ZERO;
        BigDecimal decimals = BigDecimal.ZERO;
        boolean decimal = false;
        for (JsonNode number : numbers) {
            if (number.isIntegralNumber()) {
                integers = integers.add(number.bigIntegerValue());
            } else {
                decimals = decimals.add(decimal(number));
                decimal = true;
            }
        }
        return decimal ? decimals.add(new BigDecimal(integers)) : integers;
    }

    private static BigDecimal decimal(JsonNode number) throws CallException {
        if (!number.isNumber()) {
            throw new CallException("add takes numbers, not " + number.getNodeType());
        }
        if (number.isDouble() && !Double.isFinite(number.doubleValue())) {
            throw new CallException("add takes no number that is infinite");
        }
        BigDecimal value = number.decimalValue();
        if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
            throw new CallException("add takes exponents up to " + MAX_EXPONENT);
        }
        return value;
    }
}
