using System.Globalization;
using System.Text.Json;
using Club.Kernel;

namespace Club.Settlement;

/// <summary>Statements as a table: a row for each line, and before and after them a row for each wallet's opening and closing.</summary>
/// <param name="Rows">Texts and decimal numbers; null where a column says nothing.</param>
public sealed record StatementTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>What stands in files of statements. Pure.</summary>
public static class StatementTables
{
    private static readonly string[] Columns =
        ["month", "party", "wallet", "line", "points", "price", "billing", "agreement", "charged", "credited"];

    /// <summary>All lines of all statements.</summary>
    public static StatementTable Of(string name, IEnumerable<Statement> statements) => new(name, Columns,
    [
        .. statements.SelectMany(one => (IEnumerable<IReadOnlyList<object?>>)
        [
            .. one.Wallets.Select(wallet => Balance(one, wallet, "opening", wallet.Opening)),
            .. one.Lines.Select(line => Line(one, line)),
            .. one.Wallets.Select(wallet => Balance(one, wallet, "closing", wallet.Closing)),
            [one.Month, $"{one.Party}", null, "total", null, null, null, null, one.Charged.Yuan, one.Credited.Yuan],
        ]),
    ]);

    /// <summary>What a cell says, as text: no decimals that nobody needs.</summary>
    public static string TextOf(object? cell) => cell switch
    {
        null => "",
        decimal number => number.ToString("0.######", CultureInfo.InvariantCulture),
        _ => CsvText.Harmless($"{cell}"),
    };

    private static object?[] Balance(Statement statement, WalletStatement wallet, string line, Points points) =>
        [statement.Month, $"{statement.Party}", wallet.Wallet.Value, line, points.Value, null, null, null, null, null];

    private static object?[] Line(Statement statement, StatementLine line) =>
    [
        statement.Month, $"{statement.Party}", line.Wallet.Value, Word($"{line.Line}"), line.Points.Value, line.Price,
        line.Billing is { } billing ? Word($"{billing}") : null,
        line.Agreement?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), line.Charged.Yuan, line.Credited.Yuan,
    ];

    private static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
