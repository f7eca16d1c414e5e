using Club.Local;
using Functions.Local.Cli;
using Functions.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>What the commands write and return.</summary>
public sealed class CommandLineTests
{
    private const string Event = """{"specversion":"1.0","id":"WO-1","source":"/dms/D021","type":"club.transaction.recorded","data":{}}""";

    private readonly Probe _probe = new();

    [Fact]
    public async Task Events_of_a_file_reach_the_host_and_are_counted()
    {
        await using var host = await TestHost.Start(_probe, [typeof(BatchProbe)]);
        var events = Enumerable.Range(0, 3000).Select(i => Event.Replace("WO-1", $"WO-{i}", StringComparison.Ordinal)).ToArray();
        var (code, output, _) = await Send(host, string.Join('\n', events) + "\n\n");
        Assert.Equal((0, true), (code, output.EndsWith("3000 sent, 0 refused.\n", StringComparison.Ordinal)));
        await Eventually.True(() => _probe.Deliveries.Sum(d => d.Bodies.Count) == 3000, "all are delivered");
        Assert.Equal(events.Order(StringComparer.Ordinal), _probe.Deliveries.SelectMany(d => d.Bodies).Order(StringComparer.Ordinal));
        Assert.Contains("WO-2999", _probe.Deliveries.SelectMany(d => d.MessageIds));
    }

    [Fact]
    public async Task A_line_that_is_no_event_is_refused_by_its_number_and_the_rest_is_sent()
    {
        await using var host = await TestHost.Start(_probe, [typeof(BatchProbe)]);
        var large = Event.Replace("{}", $"\"{new string('x', 300_000)}\"", StringComparison.Ordinal);
        var (code, output, _) = await Send(host, $"{Event}\nnot json\n{{\"id\":\"1\"}}\n{large}\n{Event}\n");
        Assert.Equal(1, code);
        Assert.Contains("line 2", output, StringComparison.Ordinal);
        Assert.Contains("line 3", output, StringComparison.Ordinal);
        Assert.Contains("line 4", output, StringComparison.Ordinal);
        Assert.EndsWith("2 sent, 3 refused.\n", output, StringComparison.Ordinal);
    }

    /// <summary>What each of these bytes is in UTF-8, were they taken for it, is nothing that a dealer wrote.</summary>
    public static TheoryData<string, byte[], string> NotUtf8
    {
        get
        {
            var gbk = new byte[] { 0xD6, 0xD0, 0xB9, 0xFA };
            return new()
            {
                { "GBK in the second line", [.. Bytes(Event), (byte)'\n', .. Bytes(Event)[..^2], .. gbk], "Line 2 is not UTF-8 (byte " },
                { "GBK in the last line without an end", [.. Bytes(Event), (byte)'\r', (byte)'\n', (byte)'\n', .. gbk],
                "Line 3 is not UTF-8 (byte 1)" },
                { "two lines", [.. gbk, (byte)'\n', .. Bytes(Event), (byte)'\n', .. gbk],
                "Line 1 is not UTF-8 (byte 1), nor are 1 more lines" },
                { "a character cut in two", [.. Bytes(Event), (byte)'\n', 0xE8, 0x8F], "Line 2 is not UTF-8 (byte 1)" },
                { "half a surrogate pair", [0xED, 0xA0, 0x80], "Line 1 is not UTF-8 (byte 1)" },
                { "UTF-16 with its mark", [.. System.Text.Encoding.Unicode.GetPreamble(), .. System.Text.Encoding.Unicode.GetBytes(Event)],
                "Line 1: the file is UTF-16" },
                { "UTF-16, the other way", [.. System.Text.Encoding.BigEndianUnicode.GetPreamble(),
                .. System.Text.Encoding.BigEndianUnicode.GetBytes(Event)], "Line 1: the file is UTF-16" },
                { "UTF-16 without a mark", System.Text.Encoding.Unicode.GetBytes(Event), "Line 1: the file is UTF-16" },
                { "UTF-32", [.. System.Text.Encoding.UTF32.GetPreamble(), .. System.Text.Encoding.UTF32.GetBytes(Event)],
                "Line 1: the file is UTF-32" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public async Task A_file_that_is_not_utf_8_is_refused_with_the_line_and_nothing_of_it_is_sent(string what, byte[] content,
        string sentence)
    {
        await using var host = await TestHost.Start(_probe, []);
        var (code, output, error) = await Send(Connection(host), content);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent", error, StringComparison.Ordinal);
        Assert.True(host.Queue("transactions").Active == 0, what);
    }

    [Fact]
    public async Task A_file_may_begin_with_the_mark_of_utf_8_and_end_its_lines_either_way()
    {
        await using var host = await TestHost.Start(_probe, [typeof(BatchProbe)]);
        var second = Event.Replace("{}", "{\"model\":\"V6菱仕 𠮷\"}", StringComparison.Ordinal);
        var (code, output, _) = await Send(Connection(host), [0xEF, 0xBB, 0xBF, .. Bytes(Event), (byte)'\r', (byte)'\n', .. Bytes(second)]);
        Assert.Equal((0, true), (code, output.EndsWith("2 sent, 0 refused.\n", StringComparison.Ordinal)));
        await Eventually.True(() => _probe.Deliveries.Sum(d => d.Bodies.Count) == 2, "both are delivered");
        Assert.Equal([second, Event], _probe.Deliveries.SelectMany(d => d.Bodies).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_character_that_was_lost_before_is_refused_by_its_line()
    {
        await using var host = await TestHost.Start(_probe, [typeof(BatchProbe)]);
        var (code, output, _) = await Send(host,
            $"{Event}\n{Event.Replace("{}", "{\"model\":\"V6\uFFFD\uFFFD\"}", StringComparison.Ordinal)}\n");
        Assert.Equal(1, code);
        Assert.Contains("Refused: line 2: it holds U+FFFD", output, StringComparison.Ordinal);
        Assert.EndsWith("1 sent, 1 refused.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_refuses_the_key_is_said_so()
    {
        await using var host = await TestHost.Start(_probe, []);
        var (code, _, error) = await Send(host, Event, "wrong");
        Assert.Equal(1, code);
        Assert.Equal("The host does not accept the key 'development'.\n", error);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_said_so()
    {
        var host = await TestHost.Start(_probe, []);
        var connection = Connection(host);
        await host.DisposeAsync();
        var (code, _, error) = await Send(connection, Event);
        Assert.Equal(1, code);
        Assert.StartsWith("No host answers at localhost:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Endpoint=sb://localhost")]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=secret")]
    public async Task A_wrong_connection_string_is_said_so_without_its_key(string connection)
    {
        var (code, _, error) = await Send(connection, Event);
        Assert.Equal(1, code);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--now", "tomorrow")]
    [InlineData("--now", "2026-12-01T09:00:00")]
    [InlineData("--now")]
    [InlineData("frobnicate")]
    [InlineData("send")]
    public async Task A_wrong_command_line_is_exit_code_2(params string[] args)
    {
        var (code, _, error) = await Run(args, new HostComposition { Queues = ClubComposition.Queues });
        Assert.Equal(2, code);
        Assert.EndsWith("Use --help to see the commands.\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_of_the_composition_answers_with_its_exit_code()
    {
        var composition = new HostComposition
        {
            Services = (services, _) => services.AddSingleton(new Probe()),
            Commands = [new HostCommand("probe", "Looks.", (services, _, _, _) =>
            Task.FromResult(services.GetRequiredService<Probe>().Runs.IsEmpty ? 1 : 0))],
        };
        var (code, _, _) = await Run(["probe"], composition);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_command_that_the_composition_does_not_have_is_exit_code_2() =>
        Assert.Equal(2, (await Run(["verify"], new HostComposition { Queues = ClubComposition.Queues })).Code);

    [Theory]
    [InlineData("--shares", "5,15,79")]
    [InlineData("--shares", "100")]
    [InlineData("--shares", "5,x,80")]
    [InlineData("--shares", "5,15,80", "--months", "-1")]
    [InlineData("--shares", "5,15,80", "--round", "0")]
    [InlineData("--shares", "5,15,80", "--round", "0.001")]
    [InlineData("--months", "36")]
    public async Task Wrong_shares_months_or_rounding_are_exit_code_2(params string[] args)
    {
        var (code, _, error) = await Run(["calibrate", .. args], new HostComposition { Commands = [Calibration.Command] });
        Assert.Equal(2, code);
        Assert.EndsWith("Use --help to see the commands.\n", error, StringComparison.Ordinal);
    }

    private static string Connection(TestHost host, string key = DevelopmentKeys.QueueKey) =>
        $"Endpoint=sb://localhost:{host.Host.AmqpPort};SharedAccessKeyName=development;SharedAccessKey={key};UseDevelopmentEmulator=true;";

    private static Task<(int Code, string Output, string Error)> Send(TestHost host, string content,
        string key = DevelopmentKeys.QueueKey) =>
        Send(Connection(host, key), content);

    private static Task<(int Code, string Output, string Error)> Send(string connection, string content) =>
        Send(connection, Bytes(content));

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static async Task<(int Code, string Output, string Error)> Send(string connection, byte[] content)
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "events.jsonl");
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        return await Run(["send", file, "--connection", connection], new HostComposition { Queues = ClubComposition.Queues });
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] args, HostComposition composition)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.Run(args, composition, new Terminal(output, error, IsInteractive: false));
        return (code, output.ToString(), error.ToString());
    }
}
