using System.Linq.Expressions;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal static class Filtering
{
    public static IQueryable<T> If<T>(this IQueryable<T> rows, bool wanted, Expression<Func<T, bool>> condition) => wanted ? rows.Where(condition) : rows;
}
