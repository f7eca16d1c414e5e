namespace Club.Chaos.Http;

/// <summary>What nobody means well with.</summary>
internal static class HostileValues
{
    /// <summary>For paths and queries, as they are written on the wire.</summary>
    private static readonly string[] Parts =
    [
        "", "%20", "%00", "%0a", "%", "%zz", "%u0041", "+", "..%2F..%2Fclub.db", "%2E%2E", "%ED%A0%80", "%FF%FE", "%C0%AF", "%EF%BB%BF",
        "%F0%A0%AE%B7", "%E2%80%AE%D7%90", "9999-12-31", "9999-12", "0001-01", "0001-01-01", "0000-00", "2024-02-30",
        "2026-13", "-1", "0", "1", "200", "201", "2147483648", "1e400", "99999999999999999999", "9223372036854775807",
        "-9223372036854775808", "NaN", "null", "true", "[]", "%7B%7D", "a%0D%0Ab:%20c", "'%22%3Cx%3E", "*", "%25", "%2525", "_", ":", "!",
        "~", "a,b", "a;b", "0x1f", "１２３",
        "13800138000", "%2B8613800138000", "138%C2%A00013%E3%80%808000", "LSVFF26R7D2123456", "183538541321", "gold", "member", "left",
    ];

    /// <summary>JSON values.</summary>
    private static readonly string[] Jsons =
    [
        "null", "true", "false", "[]", "{}", "[null]", "[[[[[[]]]]]]", "{\"\":{}}", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"",
        "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\uffff\\u202e\\u05d0\"", "\"\\ufeff\"", "\"\\u2028\\u0085\"", "\"9999-12-31\"",
        "\"0001-01-01\"", "\"0001-01\"", "\"9999-12\"",
        "\"2024-02-29\"", "\"2023-02-29\"", "\"9999-12-31T23:59:59-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:60Z\"",
        "\"2026-03-02T10:20:00\"", "\"2026-03-02T10:20:00.99999999999+08:00\"", "-1", "0", "3.0", "-0.0", "0.001", "0.005", "1e2", "1e28",
        "1e400", "1E-400",
        "79228162514264337593543950335", "79228162514264337593543950336", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "2147483648", "922337203685477.58", "92233720368547758.07", "0.00000000000000000000000000001", "\"NaN\"",
        "\"1\"", "\"1e5\"", "\"../../x\"", "\"a|b\\nc\"", "\"'\\\"<x>\"", "\"𠮷\"", "\"ﬀ１３８００１３８０００\"",
        "\"13800138000\"", "\"LSVFF26R7D2123456\"", "\"http://169.254.169.254/\"", "\"{{ name | default: 'x' }}\"", "\"{{{{\"", "NaN",
        "Infinity", "01", "+1", ".5", "1.", "'x'", "undefined", "\"\\x\"", "\"\\u12\"", "\"\t\"",
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "x", "null", "[]", "{}", "\"\"", "0", "{\"a\":", "{\"a\":1,}", "{\"\":{}}", "{\"data\":null}", "[{}]", "[null]",
        "{\"data\":{}}", "{}{}", "{} x", "/* */{}", "<xml/>", "<xml><a></xml>", "<!DOCTYPE x [<!ENTITY a \"aa\">]><xml>&a;</xml>",
        "a=b&c=d", "--x\r\n\r\n--x--", "\0", "\uFEFF{}", "\uFEFF\uFEFF{}",
    ];

    public static string Part(Random random) => random.Next(60) switch
    {
        0 => new string('9', random.Next(1, 3_000)),
        1 => new string('a', random.Next(1, 6_000)),
        2 => string.Concat(Enumerable.Repeat("%E8%BD%A6", random.Next(1, 500))),
        3 => Uri.EscapeDataString(Words(random)),
        _ => Parts[random.Next(Parts.Length)],
    };

    public static string Json(Random random) => random.Next(60) switch
    {
        0 => $"\"{new string('x', random.Next(1, 70_000))}\"",
        1 => $"\"{string.Concat(Enumerable.Repeat("\\ud83d\\ude00", random.Next(1, 200)))}\"",
        2 => new string('9', random.Next(1, 2_000)),
        3 => $"0.{new string('0', random.Next(1, 500))}1",
        4 => new string('[', random.Next(1, 2_000)) is var deep ? deep + new string(']', deep.Length) : "",
        5 => string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 200))) is var deep ? $"{deep}1{new string('}', deep.Length / 5)}"
        : "",
        6 => $"[{string.Join(',', Enumerable.Repeat(Jsons[random.Next(Jsons.Length)], random.Next(1, 3_000)))}]",
        7 => $"\"{Escaped(Words(random))}\"",
        8 => $"\"{Day(random)}\"",
        9 => $"\"{Day(random)}T{random.Next(26):D2}:{random.Next(62):D2}:{random.Next(62):D2}{"+-"[random.Next(2)]}{random.Next(20):D2}:{random.Next(62):D2}\"",
        10 => $"{random.NextInt64(long.MinValue, long.MaxValue)}.{random.Next(1_000)}",
        _ => Jsons[random.Next(Jsons.Length)],
    };

    public static string Body(Random random) => Bodies[random.Next(Bodies.Length)];

    private static string Day(Random random) => $"{random.Next(0, 10_000):D4}-{random.Next(0, 14):D2}-{random.Next(0, 33):D2}";

    /// <summary>Any UTF-16, broken halves of pairs included.</summary>
    private static string Words(Random random) =>
        new([.. Enumerable.Range(0, random.Next(1, 200))
            .Select(_ => random.Next(4) == 0 ? (char)random.Next(0xD800, 0xE000) : (char)random.Next(1, 0xFFFF))]);

    private static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
}
