using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Reports;

public static class ReportsServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) =>
        services.AddSingleton<Statements>().AddSingleton<IProjection, MembersByMonth>();
}
