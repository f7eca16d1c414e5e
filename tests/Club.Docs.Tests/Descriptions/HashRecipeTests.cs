using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Club.Tests.Support;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

/// <summary>An auditor who has nothing but the description recomputes the hashes: read and written here without the club's JSON.</summary>
public sealed class HashRecipeTests
{
    private static readonly string[] Strange =
        ["𠮷野家", "🚗👨‍👩‍👧", "\u007f", "a\u2028b\u2029c", "\ue000\uf8ff\U000F0000", "é<>&'+\u00a0\u00ad\ufeff", "q\"uote\\back/slash",
            "tab\there\nline\rback\bfeed\f\u0001\u001f", "\u0378\uffff\U0001FAE9"];

    [Fact]
    public async Task The_hashes_of_a_ledger_come_out_whatever_its_texts_hold()
    {
        await using var host = await ClubHost.Start(new() { ["Club__Programme"] = "foton" });
        var (_, registered) = await host.Staff.Register(new { phone = "13800138000" });
        var number = 0;
        var bills = Strange.Select(text => Events.With(Events.With(
            Events.Bill($"B-{++number}{text}", lines: [Events.Line("1", "parts", 490.5m), Events.Line($"2{text}", "labour", 210m)]),
            "data.channel", $"x{text}x"), "data.lines.0.quantity", 1.5m));
        await host.Get<Transactions.Accrue>().Handle([.. bills], TestContext.Current.CancellationToken);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/members/{registered["memberId"]}/entries?limit=200");
        request.Headers.Add("x-functions-key", global::Functions.Local.Hosting.DevelopmentKeys.Functions);
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var items = (List<object?>)((List<KeyValuePair<string, object?>>)new Reader(text).Value()!)
            .Single(member => member.Key == "items").Value!;

        Assert.Equal(Strange.Length, items.Count);
        foreach (var item in items.Cast<List<KeyValuePair<string, object?>>>())
        {
            var hash = (string)item.Single(member => member.Key == "hash").Value!;
            var hashed = new StringBuilder();
            Write(item.Where(member => member.Key != "hash").Select(WithoutWords).ToList(), hashed);
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(new UTF8Encoding(false, true).GetBytes(hashed.ToString()))));
        }
        Assert.All(Strange, strange =>
            Assert.Contains(items.Cast<List<KeyValuePair<string, object?>>>(), item =>
            ((string)item.Single(member => member.Key == "sourceId").Value!).EndsWith(strange.Trim(), StringComparison.Ordinal)));
    }

    [Fact]
    public void Texts_are_escaped_as_the_recipe_says()
    {
        for (var code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 61)
        {
            if (!Rune.IsValid(code)) continue;
            var text = $"a{new Rune(code)}b";
            var written = new StringBuilder();
            Write(text, written);
            Assert.Equal(written.ToString(), JsonSerializer.Serialize(text, global::Club.Kernel.ClubJson.Options));
        }
        Assert.Equal("\"a\uFFFDb\"", JsonSerializer.Serialize("a\ud83db", global::Club.Kernel.ClubJson.Options));
    }

    /// <summary>The words of <c>explanation</c> are made when somebody asks.</summary>
    private static KeyValuePair<string, object?> WithoutWords(KeyValuePair<string, object?> member) => member.Key != "explanation" ? member
        : new(member.Key, ((List<object?>)member.Value!).Select(object? (line) => ((List<KeyValuePair<string, object?>>)line!)
            .Where(one => one.Key != "arithmetic").ToList()).ToList());

    private sealed record Number(string Text);

    private static void Write(object? value, StringBuilder into)
    {
        switch (value)
        {
            case List<KeyValuePair<string, object?>> members:
                var given = members.Where(member => member.Value is not null).ToArray();
                into.Append('{');
                for (var i = 0; i < given.Length; i++)
                {
                    if (i > 0) into.Append(',');
                    Write(given[i].Key, into);
                    into.Append(':');
                    Write(given[i].Value, into);
                }
                into.Append('}');
                break;
            case List<object?> items:
                into.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0) into.Append(',');
                    Write(items[i], into);
                }
                into.Append(']');
                break;
            case string text:
                into.Append('"');
                foreach (var character in text)
                    into.Append(character switch
                    {
                        '"' => "\\\"", '\\' => "\\\\", '\b' => "\\b", '\t' => "\\t", '\n' => "\\n", '\f' => "\\f", '\r' => "\\r",
                        < ' ' => $"\\u{(int)character:x4}", _ => $"{character}",
                    });
                into.Append('"');
                break;
            case Number number: into.Append(number.Text); break;
            case bool flag: into.Append(flag ? "true" : "false"); break;
        }
    }

    /// <summary>Just enough of JSON to read an answer: members in their order, numbers as they are written.</summary>
    private sealed class Reader(string text)
    {
        private int _at;

        public object? Value()
        {
            switch (text[_at])
            {
                case '{':
                    var members = new List<KeyValuePair<string, object?>>();
                    while (text[_at++] != '}' && text[_at] != '}')
                    {
                        var name = (string)Value()!;
                        _at++;
                        members.Add(new(name, Value()));
                        if (text[_at] == '}') { _at++; break; }
                    }
                    return members;
                case '[':
                    var items = new List<object?>();
                    if (text[_at + 1] == ']') { _at += 2; return items; }
                    do { _at++; items.Add(Value()); } while (text[_at] == ',');
                    _at++;
                    return items;
                case '"': return Text();
                case 't': _at += 4; return true;
                case 'f': _at += 5; return false;
                case 'n': _at += 4; return null;
                default:
                    var from = _at;
                    while (char.IsAsciiDigit(text[_at]) || text[_at] is '-' or '+' or '.' or 'e' or 'E') _at++;
                    return new Number(text[from.._at]);
            }
        }

        private string Text()
        {
            var read = new StringBuilder();
            while (text[++_at] != '"')
            {
                if (text[_at] != '\\') { read.Append(text[_at]); continue; }
                switch (text[++_at])
                {
                    case 'b': read.Append('\b'); break;
                    case 't': read.Append('\t'); break;
                    case 'n': read.Append('\n'); break;
                    case 'f': read.Append('\f'); break;
                    case 'r': read.Append('\r'); break;
                    case 'u': read.Append((char)Convert.ToInt32(text[(_at + 1)..(_at + 5)], 16)); _at += 4; break;
                    default: read.Append(text[_at]); break;
                }
            }
            _at++;
            return read.ToString();
        }
    }
}
