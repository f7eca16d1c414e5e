using System.Reflection;
using System.Text;
using Club.Access;
using Club.Local;
using Club.Tests.Support;
using Club.Triggers;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Docs.Tests.Pages;

/// <summary>docs/access.md: the functions and the rights as they are compiled.</summary>
public sealed class AccessPageTests
{
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>().Where(role => role != Role.Operator)];

    [Fact]
    public void The_tables_of_calls_are_those_of_the_code()
    {
        var page = Repository.Read("docs", "access.md");
        var now = With(With(page, "roles", Table()), "open", Open());
        var expected = Path.Combine(AppContext.BaseDirectory, "access.md");
        File.WriteAllText(expected, now);
        Assert.True(page == now, $"docs/access.md is out of date: {expected} is as it must be.");
    }

    [Fact]
    public void A_function_says_its_right_or_why_it_is_open_and_only_the_gate_asks()
    {
        foreach (var (method, trigger) in Functions())
        {
            var why = method.GetCustomAttribute<OpenAttribute>()?.Why;
            Assert.True(why is null != method.GetCustomAttribute<NeedsAttribute>() is null, $"{method.Name}: [Needs] or [Open], one of both.");
            Assert.True(why is null or { Length: > 9 }, $"{method.Name} does not say why it is open.");
            // The Functions host would ask for a key of its own, and a token alone would not pass.
            Assert.Equal((method.Name, AuthorizationLevel.Anonymous), (method.Name, trigger.AuthLevel));
        }
    }

    [Fact]
    public void Every_right_is_needed_by_some_function_and_every_role_has_one()
    {
        var needed = Functions().Select(function => function.Method.GetCustomAttribute<NeedsAttribute>()?.Right).OfType<Right>();
        Assert.Equal(Enum.GetValues<Right>(), needed.Distinct().Order());
        // What partners may do comes with partners.
        Assert.All(Roles.Except([Role.Partner]), role => Assert.Contains(Enum.GetValues<Right>(), right => Rights.Has(role, right)));
    }

    /// <summary>What an auditor may not read, and why.</summary>
    private static readonly Dictionary<string, string> NotForAuditors = new()
    {
        ["ExportMember"] = "a person's own copy, in full", ["Erasure"] = "the work of forgetting, which leaves its record in the audit",
        ["DeadLetter"] = "the content of a message, with whatever it says of persons",
        ["Subscriptions"] = "where events go, with what is told there of persons",
        ["Subscription"] = "the same", ["EventDeliveries"] = "the same",
        ["RedemptionRequest"] = "what a till asked by the queue; what came of it is a redemption",
        ["Voucher"] = "a code that buys something", ["VoucherBatch"] = "the same",
    };

    /// <summary>CONTRACT: an auditor reads all, masked. A quote asks by a body, and changes nothing.</summary>
    [Fact]
    public void An_auditor_reads_whatever_can_be_read_and_changes_nothing()
    {
        var refused = Functions().Where(one => Need.Of(one.Method).Right is { } right && one.Trigger.Methods!.Contains("get")
            && !Rights.Has(Role.Auditor, right)).Select(Name).Order(StringComparer.Ordinal);
        Assert.Equal(NotForAuditors.Keys.Order(StringComparer.Ordinal), refused);
        Assert.Empty(Functions().Where(one => Need.Of(one.Method).Right is { } right && !one.Trigger.Methods!.Contains("get")
            && Rights.Has(Role.Auditor, right)).Select(Name).Except(["Quote"]));

        static string Name((MethodInfo Method, HttpTriggerAttribute Trigger) one) => one.Method.GetCustomAttribute<FunctionAttribute>()!.Name;
    }

    private static string Table()
    {
        var table = new StringBuilder("| call | right |");
        foreach (var role in Roles) table.Append($" {RoleWords.Of(role)} |");
        table.Append("\n| --- | --- |").Insert(table.Length, " --- |", Roles.Length).Append('\n');
        foreach (var (method, trigger) in Functions().Where(one => Need.Of(one.Method).Right is not null)
            .OrderBy(one => one.Trigger.Route, StringComparer.Ordinal).ThenBy(one => one.Trigger.Methods![0], StringComparer.Ordinal))
        {
            var right = NeedsAttribute.Of(method);
            table.Append($"| `{string.Join(", ", trigger.Methods!).ToUpperInvariant()} /api/{trigger.Route}` | {right} |");
            foreach (var role in Roles) table.Append(Rights.Has(role, right) ? $" {How(role, right)} |" : " |");
            table.Append('\n');
        }
        return table.ToString();
    }

    private static string Open()
    {
        var table = new StringBuilder("| call | why |\n| --- | --- |\n");
        foreach (var (method, trigger) in Functions().Where(one => Need.Of(one.Method).Right is null)
            .OrderBy(one => one.Trigger.Route, StringComparer.Ordinal))
            table.Append($"| `{string.Join(", ", trigger.Methods!).ToUpperInvariant()} /api/{trigger.Route}` | ")
                .Append(method.GetCustomAttribute<OpenAttribute>()!.Why).Append(" |\n");
        return table.ToString();
    }

    private static string With(string page, string name, string table)
    {
        var begin = page.IndexOf($"<!-- {name} -->\n", StringComparison.Ordinal) + $"<!-- {name} -->\n".Length;
        return page[..begin] + table + page[page.IndexOf("<!-- end -->", begin, StringComparison.Ordinal)..];
    }

    private static string How(Role role, Right right) => right is Right.FindMembers or Right.ReadMember or Right.Serve
        ? role switch { Role.Director or Role.Advisor => "own", Role.Member => "herself", Role.Auditor => "masked", _ => "yes" }
        : role == Role.Auditor && right is Right.ReadWork or Right.ReadMessages or Right.ReadCalls
            or Right.ReadLetters or Right.ReadComplaints or Right.ReadApplications or Right.ReadToday ? "masked" : "yes";

    private static IEnumerable<(MethodInfo Method, HttpTriggerAttribute Trigger)> Functions() =>
        from type in typeof(ClubComposition).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        where method.GetCustomAttribute<FunctionAttribute>() is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        select (method, trigger);
}
