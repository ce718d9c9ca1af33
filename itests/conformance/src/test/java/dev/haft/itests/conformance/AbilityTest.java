package dev.haft.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbilityTest {
    private static List<Ability> needed(String root) throws Exception {
        JsonNode node = new ObjectMapper().readTree(root.replace('\'', '"'));
        return List.copyOf(Ability.needed(new Scenario("some", node)));
    }

    @Test
    void requestsNeedTheirTypeHoweverDeepTheyAre() throws Exception {
        assertEquals(List.of(), needed("{'init':[{'do':'push_read','type':'line'}]}"));
        assertEquals(
                List.of(Ability.JSON, Ability.REGEX),
                needed("{'init':[{'do':'push_read','type':'json','cb':[{'do':'push_read','type':'regex'}]}]}"));
    }

    @Test
    void tlsIsOfTheHandleOrOfThePeer() throws Exception {
        assertEquals(List.of(Ability.TLS), needed("{'config':{'tls':'accept'}}"));
        assertEquals(List.of(Ability.TLS), needed("{'script':[{'peer':'tls_connect'}]}"));
        assertEquals(List.of(Ability.TLS_DETECT), needed("{'init':[{'do':'push_read','type':'tls_detect'}]}"));
    }
}
