using Club.Local;
using System.Globalization;
using System.Text.RegularExpressions;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Club.Transactions;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Club.Docs.Tests.Pages;

/// <summary>The settings and limits that docs/operations.md tells are those of the code.</summary>
public sealed partial class OperationsPageTests
{
    private static readonly Markdown Page = Markdown.At("docs/operations.md");

    private static readonly IReadOnlyDictionary<string, string> Settings =
        Page.Rows("Settings").ToDictionary(row => row[0].Trim('`'), row => row[1], StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void The_table_lists_every_setting_and_no_other() =>
        Assert.Equal(
            OptionsClasses.AllSettings.Order(StringComparer.OrdinalIgnoreCase),
            Settings.Keys.Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Every_default_of_the_table_is_the_one_that_holds()
    {
        var none = new ConfigurationBuilder().Build();
        var development = DevelopmentKeys.For(none).Concat(ClubDevelopmentKeys.For(none))
            .Select(known => known.Key.Replace(":", "__", StringComparison.Ordinal)).ToList();
        foreach (var (type, property) in OptionsClasses.Properties)
        {
            var name = OptionsClasses.Name(type, property);
            var key = name.Replace("<name>", "", StringComparison.Ordinal);
            var isDevelopment = development.Any(known => key == name ? known == key : known.StartsWith(key, StringComparison.Ordinal));
            var holds = isDevelopment ? "development" : Default(property.GetValue(Activator.CreateInstance(type)));
            Assert.Equal((name, holds), (name, Settings[name]));
        }
        Assert.Equal("development", Settings[DevelopmentKeys.FunctionsSetting]);
        Assert.All(OptionsClasses.OfHosts.Except([DevelopmentKeys.FunctionsSetting]), name => Assert.Equal("none", Settings[name]));
    }

    [Theory]
    [InlineData("an HTTP body", "64 KB", Limits.Body / 1024)]
    [InlineData("a message on the local queue", "256 KB", Functions.Local.Amqp.QueueContainer.LargestMessage / 1024)]
    [InlineData("a member's account", "1.9 MB", StoreLimits.BytesPerCommit / 100_000)]
    [InlineData("parked transactions", "100 are booked", Parking.HandedOverAtOnce)]
    [InlineData("those who named", "50", ClaimDispute.MostClaimants)]
    [InlineData("a programme", "1 MB", ProgrammeText.MostBytes >> 20)]
    [InlineData("a text message", "500 characters", SmsComposer.MaxLength)]
    public void A_limit_is_the_one_that_holds(string of, string told, int holds)
    {
        var row = Page.Rows("Limits").Single(row => row[0].StartsWith(of, StringComparison.Ordinal));
        Assert.Contains(told, row[1], StringComparison.Ordinal);
        Assert.Equal(holds, int.Parse(NoDigit().Replace(told, ""), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_message_becomes_a_dead_letter_after_as_many_deliveries_as_told() =>
        Assert.Equal(
            [$"{new QueuePacing().MaxDeliveries} deliveries"],
            Page.Rows("Limits").Where(row => row[0] == "a message that fails").Select(row => row[1]));

    /// <summary>Whatever call the page names is a call of the descriptions.</summary>
    [Fact]
    public void Every_call_that_is_named_is_described()
    {
        var calls = Page.Quoted().Select(word => Call().Match(word)).Where(match => match.Success).ToList();
        Assert.True(calls.Count > 8, $"Only {calls.Count} calls are named.");
        Assert.All(calls, call => Assert.Contains(Descriptions.Operation.All, operation =>
            operation.Verb == call.Groups["verb"].Value
            && Regex.IsMatch(call.Groups["path"].Value, $"^{Placeholder().Replace(operation.Path, "[^/]+")}$")));
    }

    private static string Default(object? value) => value switch
    {
        null or "" or System.Collections.ICollection { Count: 0 } => "none",
        bool isSet => isSet ? "`true`" : "`false`",
        TimeOnly time => $"`{time.ToString("HH:mm", CultureInfo.InvariantCulture)}`",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigit();

    [GeneratedRegex(@"^(?<verb>GET|POST|PUT|DELETE) (?<path>/[^?\s]+)")]
    private static partial Regex Call();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
