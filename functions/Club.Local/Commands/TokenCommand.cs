using System.CommandLine;
using Club.Access;
using Functions.Local.Cli;

namespace Club.Local;

/// <summary>Prints a token of staff, for a machine of one's own: with it the club is seen as a role sees it.</summary>
internal static class TokenCommand
{
    private const int LongestMinutes = 24 * 60;

    private static readonly Option<string> RoleName = new("--role")
    {
        Description = $"One of {string.Join(", ", RoleWords.OfStaff)}.", Required = true,
        Validators = { result =>
        {
            if (!RoleWords.OfStaff.Contains(result.GetValueOrDefault<string>()))
                result.AddError($"--role is one of {string.Join(", ", RoleWords.OfStaff)}.");
        } },
    };

    private static readonly Option<string?> Dealer = new("--dealer") { Description = "The dealer of a director or an advisor." };
    private static readonly Option<string?> Partner = new("--partner") { Description = "The code of a partner." };
    private static readonly Option<string?> Name = new("--name") { Description = "Who it is; the role where nobody is named." };

    private static readonly Option<int> Minutes = new("--minutes")
    {
        Description = "How long it is good.", DefaultValueFactory = _ => 60,
        Validators = { result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LongestMinutes) result.AddError($"--minutes is from 1 to {LongestMinutes}.");
        } },
    };

    public static HostCommand Command { get; } =
        new("token", "Print a token with which calls are made as a role: Authorization: Bearer <token>.", Run)
        {
            Options = [RoleName, Dealer, Partner, Name, Minutes],
        };

    private static async Task<int> Run(IServiceProvider services, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var role = RoleWords.Find(parsed.GetValue(RoleName)!)!.Value;
        var scope = parsed.GetValue(role == Role.Partner ? Partner : Dealer);
        if (scope is null && role is Role.Director or Role.Advisor or Role.Partner)
        {
            await terminal.Error.WriteLineAsync($"--role {RoleWords.Of(role)} needs {(role == Role.Partner ? "--partner" : "--dealer")}.");
            return 1;
        }
        var token = services.GetRequiredService<ClubTokens>()
            .ForStaff(role, parsed.GetValue(Name) ?? RoleWords.Of(role), scope, TimeSpan.FromMinutes(parsed.GetValue(Minutes)));
        await (token.Problem is { } problem ? terminal.Error.WriteLineAsync(problem.Message)
            : terminal.Output.WriteLineAsync(token.Value.Token));
        return token.Problem is null ? 0 : 1;
    }
}
