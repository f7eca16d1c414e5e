using System.Globalization;
using System.Text.RegularExpressions;

namespace Club.Programmes;

internal static partial class DealerReader
{
    private const int MostInRange = 10_000;

    public static DealerNetwork Read(JsonCursor place)
    {
        if (!place.Has(ProgrammeFormat.Dealers)) return DealerNetwork.Unlisted;
        var codes = new UniqueCodes();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var regions = new List<Region>();
        foreach (var item in place["regions"].Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.Region)) continue;
            var code = item["code"].Code();
            codes.Add(item["code"], code);
            regions.Add(new Region(code ?? "", item["name"].Text() ?? "",
            [
                .. ReadDealers(item["branches"], seen).Select(dealer => new Dealer(dealer, code ?? "", HasBranch: true)),
                .. ReadDealers(item["withoutBranch"], seen).Select(dealer => new Dealer(dealer, code ?? "", HasBranch: false)),
            ]));
        }
        return new DealerNetwork(regions);
    }

    private static List<string> ReadDealers(JsonCursor place, HashSet<string> seen)
    {
        var dealers = new List<string>();
        foreach (var item in place.Items())
        {
            if (item.Text() is not { } text) continue;
            foreach (var dealer in Expand(item, text))
            {
                if (seen.Add(dealer)) dealers.Add(dealer);
                else item.Error($"dealer {dealer} is there twice.");
            }
        }
        return dealers;
    }

    /// <summary>A code, or a range of codes such as <c>D001-D028</c>.</summary>
    private static IEnumerable<string> Expand(JsonCursor place, string text)
    {
        if (Code().IsMatch(text)) return [text];
        var range = Range().Match(text);
        var (from, to) = (range.Groups["from"].Value, range.Groups["to"].Value);
        if (range.Success && from.Length == to.Length)
        {
            var first = int.Parse(from, CultureInfo.InvariantCulture);
            var count = int.Parse(to, CultureInfo.InvariantCulture) - first + 1;
            var (prefix, digits) = (range.Groups["prefix"].Value, $"D{from.Length}");
            if (count is > 0 and <= MostInRange)
                return Enumerable.Range(first, count).Select(number => prefix + number.ToString(digits, CultureInfo.InvariantCulture));
        }
        place.Error($"{place.Shown} is neither a code of letters and digits nor a range like \"D001-D028\".");
        return [];
    }

    [GeneratedRegex("^[A-Za-z0-9]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex("^(?<prefix>[A-Za-z]*)(?<from>[0-9]{1,8})-\\k<prefix>(?<to>[0-9]{1,8})$", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
