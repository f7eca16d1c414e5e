using System.Globalization;

namespace Club.Benchmarks;

/// <summary>Service bills as partners send them.</summary>
internal static class Messages
{
    public static string[] Bills(int count, int members)
    {
        var random = new Random(7);
        var messages = new string[count];
        for (var i = 0; i < count; i++)
        {
            var parts = random.Next(1, 500_000) / 100m;
            messages[i] = string.Create(CultureInfo.InvariantCulture,
                $$$"""{"specversion":"1.0","id":"WO-{{{i}}}","source":"/dms/D021","type":"club.transaction.recorded","time":"2026-03-02T10:20:00+08:00","datacontenttype":"application/json","data":{"dealerId":"D021","member":{"phone":"{{{BenchmarkClub.Phone(random.Next(members))}}}"},"channel":"shop","paymentMethod":"card","bookedDaysAhead":3,"campaign":null,"lines":[{"lineId":"1","category":"parts","sku":"06A115561B","quantity":1,"amount":{{{parts}}}},{"lineId":"2","category":"labour","amount":210.00}]}}""");
        }
        return messages;
    }
}
